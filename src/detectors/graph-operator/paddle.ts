import { leaves } from './places.ts'
import type { Judge } from './verdict.ts'

/** Operators that run code by name, touch files or talk to other machines, and what they do. */
const dangerous: Readonly<Record<string, string>> = {
  py_func: 'It calls a function of Python.',
  py_layer: 'It calls a function of Python.',
  pylayer: 'It calls a function of Python.',
  save: 'It writes a file of its own choice.',
  save_combine: 'It writes a file of its own choice.',
  listen_and_serv: 'It opens a port to other machines.',
  heter_listen_and_serv: 'It opens a port to other machines.',
  fl_listen_and_serv: 'It opens a port to other machines.',
}
const reaching =
  /^(load|load_combine|run_program|send|recv|send_v2|recv_v2|prefetch|fetch_barrier|send_barrier|distributed_\w+|checkpoint_notify|push_\w+|pull_\w+|gen_\w+_id|create_\w*reader|read|read_file|tensorrt_engine|lite_engine|custom_\w+)$/
const remedy = 'Export the model again for inference, or ask its publisher for one of plain operators.'

/** Judges the operators of a PaddlePaddle program and what they name. */
export const judgePaddle: Judge = ({ kind, module, name, by }) => {
  if (kind === 'reach') {
    const why = leaves(name) ?? (/^[\w.-]+:\d+$/.test(name) ? 'is an address' : null)
    if (!why || /func|token/.test(by)) return null
    return { list: 'denied', severity: 'block', mechanism: `The operator ${module} names a place that ${why}.`, remedy }
  }
  const known = dangerous[name]
  if (known) return { list: 'denied', severity: 'block', mechanism: known, remedy }
  if (reaching.test(name))
    return { list: 'review', severity: 'hold', mechanism: 'It reads, sends or runs more than numbers.', remedy }
  if (/^[a-z][a-z0-9_]*$/.test(name)) return { list: 'allowed', severity: 'info', mechanism: 'An operator.' }
  const mechanism = 'It has a name that no operator of PaddlePaddle has: a library decides what it does.'
  return { list: 'unknown', severity: 'hold', mechanism, remedy }
}
