import type { Judge } from './verdict.ts'

/** Judges what a Torch7 file would have Lua do: functions in it are code, and classes are made by name. */
export const judgeLua: Judge = ({ kind, name }) => {
  const remedy = 'Convert the numbers with a reader that does not load functions.'
  if (kind === 'call' && name === 'function') {
    const mechanism = 'A function of Lua stands in the file: its bytecode is loaded without any check, and may run.'
    return { list: 'denied', severity: 'block', mechanism, remedy }
  }
  if (/^(torch|nn|cudnn|cunn|nngraph|inn|stn|rnn|image)\.[A-Za-z]\w*$/.test(name))
    return { list: 'allowed', severity: 'info', mechanism: 'A class of Torch7 or of a library that is widely used.' }
  return { list: 'unknown', severity: 'hold', mechanism: 'A class that the loader looks up by its name.', remedy }
}
