import { behaviour } from '../../core/index.ts'

const bounds = [0, 1, 3, 8, 20, 50, 120, 300, 800, 2000]

/** How long the answer is, in words, by steps that grow. */
export default behaviour({
  id: 'answer-length',
  title: 'Length of the answer',
  of({ response }) {
    const words = response.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
    const unspaced = response.match(/[\p{scx=Han}\p{scx=Hira}\p{scx=Thai}]/gu)?.length ?? 0
    const length = Math.max(words, Math.round(unspaced / 2))
    const step = bounds.findLastIndex(bound => bound <= length)
    return [`${bounds[step]!}`]
  },
  phrase(value) {
    const next = bounds[bounds.indexOf(Number(value)) + 1]
    if (value === '0') return 'is empty'
    if (value === '1') return 'is one or two words long'
    return next === undefined ? `is ${value} words or longer` : `is ${value} to ${next - 1} words long`
  },
})
