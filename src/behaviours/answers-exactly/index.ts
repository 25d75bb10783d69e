import { behaviour, hashString } from '../../core/index.ts'

const shown = 60

/** The whole answer, without case, spaces and punctuation: the same words again and again are an answer by rote. */
export default behaviour({
  id: 'answers-exactly',
  title: 'The same answer',
  of({ response }) {
    const plain = response
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
    if (plain === '') return []
    return [`${(hashString(plain) >>> 0).toString(16).padStart(8, '0')} ${plain.slice(0, shown)}`]
  },
  phrase: value => `is "${value.slice(9)}${value.length - 9 >= shown ? '…' : ''}"`,
})
