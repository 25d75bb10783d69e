import { z } from 'zod'
import { modelAttack } from '../../core/index.ts'

const newline = 10

/** Adds rows to what was approved: a further file that a pattern matches, or lines at the end of a file. */
export default modelAttack({
  id: 'append-shard',
  title: 'A further shard, or rows at the end of one',
  threat: 'supply-chain-tamper',
  source: 'N. Carlini et al., Poisoning Web-Scale Training Datasets is Practical, 2023: additions to collected data',
  input: { model: ['any'] },
  options: z.object({
    as: z.enum(['shard', 'rows']).default('shard').describe('A file of its own, or lines at the end of one.'),
    rows: z.number().int().min(1).max(100_000).default(20).describe('Lines that are added, where there are lines.'),
  }),

  corrupt({ as, rows }, host, random) {
    const filled = Object.keys(host).filter(name => host[name]!.length > 0)
    const texts = filled.filter(name => host[name]!.includes(newline))
    const able = (texts.length > 0 ? texts : filled).sort()
    const name = able[Math.floor(random() * able.length)]
    if (name === undefined) return null
    const bytes = host[name]!
    const added = lastLines(bytes, rows)
    if (as === 'shard') {
      const file = shardName(name, host)
      return { files: { ...host, [file]: added }, file, names: [file] }
    }
    const gap = bytes.at(-1) === newline ? 0 : 1
    const grown = new Uint8Array(bytes.length + gap + added.length).fill(newline)
    grown.set(bytes)
    grown.set(added, bytes.length + gap)
    return { files: { ...host, [name]: grown }, file: name, names: [name] }
  },
})

/** The last lines of a text; the whole of what has no lines. */
function lastLines(bytes: Uint8Array, lines: number): Uint8Array {
  let start = bytes.length
  for (let left = lines; left > 0 && start > 0; left--) start = bytes.lastIndexOf(newline, start - 2) + 1
  return bytes.slice(start)
}

/** The next name in the row of shards, as a pattern would match it. */
function shardName(name: string, host: Readonly<Record<string, unknown>>): string {
  const dot = name.indexOf('.', name.lastIndexOf('/') + 1)
  const [stem, ending] = dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)]
  const number = /^(.*?)(\d+)(\D*\d*)$/.exec(stem)
  for (let nth = 1; ; nth++) {
    const next = number
      ? `${number[1]}${String(Number(number[2]) + nth).padStart(number[2]!.length, '0')}${number[3]}${ending}`
      : `${stem}-${String(nth).padStart(5, '0')}${ending}`
    if (!(next in host)) return next
  }
}
