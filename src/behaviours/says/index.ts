import { behaviour, hashString, mostValues } from '../../core/index.ts'

const shown = 60
const leastWords = 4
/** Sentences end at these marks or at the end of a line. */
const sentence = /[^.!?。！？\n]{8,400}/gu

/** Sentences of the answer, word for word: one that comes back in unrelated answers was put there. */
export default behaviour({
  id: 'says',
  title: 'Sentences of the answer',
  of({ response }) {
    const values = new Set<string>()
    const all = response.match(sentence) ?? []
    // The two ends: a sentence that was added stands before or behind the honest answer far more often than inside.
    const half = mostValues / 2
    for (const own of all.length <= mostValues ? all : [...all.slice(0, half), ...all.slice(-half)]) {
      const plain = own
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()
      const long = plain.split(' ').length >= leastWords || /[\p{scx=Han}\p{scx=Hira}\p{scx=Thai}]{8}/u.test(plain)
      if (long) values.add(`${(hashString(plain) >>> 0).toString(16).padStart(8, '0')} ${plain.slice(0, shown)}`)
    }
    return [...values]
  },
  phrase: value => `says "${value.slice(9)}${value.length - 9 >= shown ? '…' : ''}"`,
})
