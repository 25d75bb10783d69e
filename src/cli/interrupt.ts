/** A signal that Ctrl-C fires; a second Ctrl-C ends the process at once. */
export function interruptible(note = 'Stopping: writing the report of what is done.'): {
  readonly signal: AbortSignal
  release(): void
} {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(130)
    process.stderr.write(`\n${note} Ctrl-C again to leave at once.\n`)
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const release = () => {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
  return { signal: controller.signal, release }
}
