import { seen } from './seen.ts'

/** One line on a terminal that is rewritten as the work goes on; nothing when stderr is not a terminal. */
export interface ProgressLine {
  show(text: string): void
  clear(): void
}

const everyMs = 100

/** Starts a progress line. */
export function progressLine(quiet: boolean): ProgressLine {
  const { stderr } = process
  if (quiet || !stderr.isTTY) return { show() {}, clear() {} }
  let last = 0
  return {
    show(text) {
      const now = performance.now()
      if (now - last < everyMs) return
      last = now
      stderr.write(`\r\x1b[K${seen(text).slice(0, Math.max(20, (stderr.columns ?? 80) - 1))}`)
    },
    clear: () => void stderr.write('\r\x1b[K'),
  }
}
