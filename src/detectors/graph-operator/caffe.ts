import { leaves } from './places.ts'
import type { Judge } from './verdict.ts'

const remedy = 'Ask the publisher for a network without it.'

/** Judges the layers of a Caffe network: those of Python run code, others read files while they train. */
export const judgeCaffe: Judge = ({ kind, module, name, by }) => {
  if (kind === 'call') {
    const mechanism = 'A layer that imports a module of Python and makes its class.'
    return { list: 'denied', severity: 'block', mechanism, remedy }
  }
  if (kind === 'reach') {
    const isWritten = by === 'file_name'
    const why = leaves(name)
    if (isWritten) return { list: 'denied', severity: 'block', mechanism: 'A layer that writes a file.', remedy }
    const mechanism = `Data for training, from a place${why ? ` that ${why}` : ' beside it'} (${module}).`
    return { list: 'review', severity: 'info', mechanism }
  }
  if (/^Python$/.test(name)) return { list: 'denied', severity: 'block', mechanism: 'A layer of Python.', remedy }
  if (/^[A-Z]\w*$/.test(name) || name === '')
    return { list: 'allowed', severity: 'info', mechanism: 'A layer of Caffe, or of a build of it.' }
  return { list: 'unknown', severity: 'hold', mechanism: 'A layer that no build of Caffe names so.', remedy }
}
