import { z } from 'zod'
import { type Found, type Model, modelDetector, type Unread, unreadOf } from '../../core/index.ts'
import { looksLike } from './looks-like.ts'

/** Bytes of a range that are looked at to say what they look like. */
const lookedAt = 64 << 10
const shownBytes = 32

const options = z.object({
  places: z.number().int().min(1).max(100).default(8).describe('Ranges of one file that are named one by one.'),
})

/**
 * A file is clean when every byte of it was understood and found harmless. Bytes that no reader understood may be what
 * another program runs: they hold the file, with their place and what they look like.
 */
export default modelDetector({
  id: 'unread-bytes',
  title: 'Bytes that nobody could read',
  threat: 'supply-chain-tamper',
  input: { model: ['files'] },
  cost: 'metadata',
  options,
  messages: {
    one: '{member}: {bytes} bytes at {start} could not be read; they look like {sniffed}. {reason}',
    several: '{file}: {bytes} bytes in {ranges} places could not be read. {message}',
  },

  async *detect({ model, options: { places }, claim }) {
    for (const [file, found] of byFile(model)) {
      const sorted = [...found].sort((a, b) => sizeOf(b) - sizeOf(a))
      const first = sorted[0]!
      const { start, end, reason } = first.found
      const bytes = found.reduce((sum, each) => sum + sizeOf(each), 0)
      const sniffed = looks(first)
      const evidence = {
        kind: 'place' as const,
        file,
        member: first.member.path,
        rule: 'unread',
        start,
        end,
        message: sentence(sorted, places),
        sniffed,
        hex: Buffer.from(first.member.bytes.read(start, Math.min(end, start + shownBytes))).toString('hex'),
        further: found.length - 1,
        remedy: 'Get the file from its publisher again, or in a format that is read whole (safetensors, GGUF, ONNX).',
        score: bytes,
        expected: 0,
      }
      yield claim(found.length > 1 ? 'several' : 'one', 'hold', evidence, {
        values: { bytes, ranges: found.length, reason },
      })
    }
  },
})

const sizeOf = ({ found }: Found<Unread>): number => Math.max(0, found.end - found.start)

function byFile(model: Model): Map<string, Found<Unread>[]> {
  const files = new Map<string, Found<Unread>[]>()
  for (const found of unreadOf(model)) {
    const known = files.get(found.file.name)
    if (known) known.push(found)
    else files.set(found.file.name, [found])
  }
  return files
}

const looks = ({ member, found: { start, end } }: Found<Unread>): string =>
  end > start ? looksLike(member.bytes.read(start, Math.min(end, start + lookedAt)).slice()) : 'nothing'

function sentence(found: readonly Found<Unread>[], places: number): string {
  const named = found.slice(0, places).map(each => {
    const { start, end, reason } = each.found
    return `${each.member.path}, ${start} to ${end} (${looks(each)}): ${reason}`
  })
  const more = found.length > places ? [`… and ${found.length - places} more.`] : []
  return [...named, ...more].join(' ')
}
