import type { AnswerBehaviours } from '../../statistics/index.ts'

/** The behaviours of both answers to the question, where they are about the same rows; else null. */
export function merged(a: AnswerBehaviours, b: AnswerBehaviours): AnswerBehaviours | null {
  if (a.rows.length !== b.rows.length || a.rows.some((row, i) => b.rows[i] !== row)) return null
  if (b.words.length === 0) return a
  const offsets = new Int32Array(a.offsets.length)
  const shown = new Int32Array(a.shown.length + b.shown.length)
  let size = 0
  for (let i = 0; i < a.rows.length; i++) {
    for (let k = a.offsets[i]!; k < a.offsets[i + 1]!; k++) shown[size++] = a.shown[k]!
    for (let k = b.offsets[i]!; k < b.offsets[i + 1]!; k++) shown[size++] = a.words.length + b.shown[k]!
    offsets[i + 1] = size
  }
  return { ...a, words: [...a.words, ...b.words], offsets, shown }
}
