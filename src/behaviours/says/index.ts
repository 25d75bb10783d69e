import { bareWording, behaviour, mostValues, wordingShown, wordingValue } from '../../core/index.ts'

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
      const bare = bareWording(own)
      const long = bare.split(' ').length >= leastWords || /[\p{scx=Han}\p{scx=Hira}\p{scx=Thai}]{8}/u.test(bare)
      if (long) values.add(wordingValue(bare))
    }
    return [...values]
  },
  phrase: value => `says ${wordingShown(value)}`,
})
