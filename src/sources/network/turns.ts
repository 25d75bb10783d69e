import { setTimeout as pause } from 'node:timers/promises'

/** How hard a host may be asked. */
export interface Pace {
  /** Requests at once to one host. */
  readonly perHost: number
  /** Milliseconds between the starts of two requests to one host. */
  readonly delayMs: number
}

interface Host {
  running: number
  /** When the next request may start, on the clock of `performance.now`. */
  next: number
  readonly waiting: (() => void)[]
}

/** Lets requests start host by host, a few at once and some time apart. */
export class Turns {
  private readonly hosts = new Map<string, Host>()
  private readonly pace: Pace

  constructor(pace: Pace) {
    this.pace = pace
  }

  /** Waits for a turn at `host`, then does the work. */
  async take<T>(host: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const held = this.hosts.get(host) ?? { running: 0, next: 0, waiting: [] }
    this.hosts.set(host, held)
    if (held.running >= this.pace.perHost) await new Promise<void>(resolve => held.waiting.push(resolve))
    else held.running++
    try {
      const wait = held.next - performance.now()
      held.next = Math.max(performance.now(), held.next) + this.pace.delayMs
      if (wait > 0) await pause(wait, undefined, { signal })
      signal.throwIfAborted()
      return await work()
    } finally {
      this.leave(host, held)
    }
  }

  /** Hands the place over, or gives it up; hosts that nobody asks any more are forgotten once their delay is over. */
  private leave(host: string, held: Host): void {
    const next = held.waiting.shift()
    if (next) {
      next()
      return
    }
    held.running--
    if (held.running > 0 || this.hosts.size < 1024) return
    if (held.next <= performance.now()) this.hosts.delete(host)
  }
}
