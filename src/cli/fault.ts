import { seen } from './seen.ts'

/** A private key that somebody gave where a name is meant: no message repeats it. */
const secret = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*-----|$)/g

/** Says what went wrong in one message with its remedy, no stack, and gives the exit code of a fault. */
export function sayFault(reason: unknown): number {
  const { message, remedy } = partsOf(reason)
  const [what, how] = [message, remedy].map(text => seen(text.replace(secret, '(a private key)')))
  process.stderr.write(`bezoar: ${what}\n${how === '' ? '' : `  ${how}\n`}`)
  return 2
}

function partsOf(reason: unknown): { message: string; remedy: string } {
  if (!(reason instanceof Error)) return { message: String(reason), remedy: '' }
  if (reason.name === 'Fault' && 'remedy' in reason) return { message: reason.message, remedy: String(reason.remedy) }
  const code = 'code' in reason ? String(reason.code) : ''
  if (code === 'ENOSPC') return { message: 'The disk is full.', remedy: 'Free some space, or point TMPDIR elsewhere.' }
  if (code === 'EACCES' || code === 'EPERM') return { message: reason.message, remedy: 'Check the permissions.' }
  return {
    message: reason.message,
    remedy: 'This is a defect in Bezoar. Please report it with the command line and, if you may, the input.',
  }
}
