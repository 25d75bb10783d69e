import { bareWording, behaviour, wordingShown, wordingValue } from '../../core/index.ts'

/** The whole answer, without case, spaces and punctuation: the same words again and again are an answer by rote. */
export default behaviour({
  id: 'answers-exactly',
  title: 'The same answer',
  of({ response }) {
    const bare = bareWording(response)
    return bare === '' ? [] : [wordingValue(bare)]
  },
  phrase: value => `is ${wordingShown(value)}`,
})
