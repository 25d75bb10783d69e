import { leaves } from './places.ts'
import type { Judge } from './verdict.ts'

const remedy = 'A class of the application decides what it does: look at that class, or ask for a model without it.'

/** Judges the layers of a Core ML model, its custom classes and the files that it names. */
export const judgeCoreml: Judge = ({ kind, module, name, by }) => {
  if (kind === 'reach') {
    const inside = name.replace(/^@model_path\//, '')
    const why = leaves(inside)
    if (why) return { list: 'denied', severity: 'block', mechanism: `A file (${by}) whose path ${why}.`, remedy }
    if (by === 'external data')
      return { list: 'allowed', severity: 'info', mechanism: 'A file of numbers of the model.' }
    return { list: 'review', severity: 'hold', mechanism: 'Another model, which is loaded with this one.', remedy }
  }
  if (kind === 'call') return { list: 'unknown', severity: 'hold', mechanism: `A ${module}.`, remedy }
  if (module === 'mil' && !/^[a-z][a-z0-9_]*$/.test(name))
    return { list: 'unknown', severity: 'hold', mechanism: 'An operation that Core ML does not have.', remedy }
  return { list: 'allowed', severity: 'info', mechanism: 'A layer of Core ML.' }
}
