import type { TextModel } from '../../statistics/index.ts'

/** A class is told from the text when rows taken for it have other labels at most this multiple as often as all rows. */
const leastTold = 0.75
/** It is recognised when at least this share of its rows are taken for it. */
const leastRecognised = 0.5

/**
 * What the text tells of each class, by the model that never saw the row. Labels drawn by lot are told of none.
 * Copies of a row count once.
 */
export function toldClasses({ probability, label, model: { classes }, repeated }: TextModel) {
  const taken = new Float64Array(classes)
  const right = new Float64Array(classes)
  const all = new Float64Array(classes)
  label.forEach((y, i) => {
    if (repeated[i]) return
    let likely = 0
    for (let c = 1; c < classes; c++) if (probability[i * classes + c]! > probability[i * classes + likely]!) likely = c
    taken[likely]!++
    all[y]!++
    if (likely === y) right[y]!++
  })
  const total = all.reduce((sum, rows) => sum + rows, 0)
  return Array.from(all, (rows, c) => ({
    rows,
    told: taken[c]! - right[c]! <= leastTold * taken[c]! * (1 - rows / total),
    recognised: right[c]! >= leastRecognised * rows,
  }))
}
