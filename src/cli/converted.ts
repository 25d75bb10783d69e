import { type Conversion, convertModel } from '../scan/index.ts'
import type { ConvertFlags } from './convert.ts'
import { interruptible } from './interrupt.ts'
import { seen } from './seen.ts'
import { wrapped } from './text.ts'
import { unwritable } from './write.ts'

/** More reasons or names than this help nobody. */
const mostShown = 10

/** Converts a checkpoint; the text for stdout and the exit code. */
export async function converted(path: string, flags: ConvertFlags): Promise<{ text: string; code: number }> {
  const out =
    flags.out ?? `${path.replace(/\.(pt|pth|bin|ckpt|pkl|pickle|npy|npz|tar|pt\.tar|pth\.tar)$/i, '')}.safetensors`
  const { signal, release } = interruptible()
  try {
    const result = await convertModel({ path, out, force: flags.force === true, signal }).catch(fault(out))
    return result.kind === 'written'
      ? { text: writtenText(result, out), code: 0 }
      : { text: refusedText(path, result.reasons), code: 1 }
  } finally {
    release()
  }
}

/** What the system says of the target becomes a fault that names it. */
const fault = (out: string) => (cause: unknown) => {
  const isSystem = cause instanceof Error && 'syscall' in cause
  throw isSystem ? unwritable(out, cause) : cause
}

function writtenText(
  { tensors, sizeBytes, sha256, leftOut }: Extract<Conversion, { kind: 'written' }>,
  out: string,
): string {
  const lines = [
    `Wrote ${tensors.toLocaleString('en-US')} tensor${tensors === 1 ? '' : 's'} to ${seen(out)}`,
    `  ${sizeBytes.toLocaleString('en-US')} bytes, sha256 ${sha256}`,
  ]
  if (leftOut.length > 0) {
    const names = leftOut.slice(0, mostShown).map(seen).join(', ')
    const more = leftOut.length > mostShown ? ` and ${leftOut.length - mostShown} more` : ''
    lines.push(wrapped(`Left out, as safetensors holds tensors alone: ${names}${more}.`, '  ! ', '    '))
  }
  return `${lines.join('\n')}\n`
}

function refusedText(path: string, reasons: readonly string[]): string {
  const more = reasons.length > mostShown ? [`  … and ${reasons.length - mostShown} more reasons`] : []
  const shown = reasons.slice(0, mostShown).map(reason => wrapped(seen(reason), '  - ', '    '))
  return [`Refused to convert ${seen(path)}: it is no checkpoint of tensors alone.`, ...shown, ...more, ''].join('\n')
}
