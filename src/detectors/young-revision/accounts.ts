import { type Stand, takenAt } from './pages.ts'
import { windowOf } from './windows.ts'

/** An account with more pages in the last window than accounts have. */
export interface Busy {
  readonly actor: number
  readonly stands: readonly Stand[]
  readonly isNew: boolean
  /** Pages at which the chance, over all accounts, falls below the risk. */
  readonly usual: number
  readonly logChance: number
}

/** Fewer pages are nothing. */
const leastPages = 5
/** Fewer accounts of earlier windows give no law. */
const leastSample = 30
/** Counts of edits by account have heavy tails: none is taken to fall faster than the cube. */
const steepest = 3

/**
 * Accounts whose pages at the end of the last window exceed a power law fitted to the accounts of the earlier windows:
 * new ones are compared with accounts that were new then, known ones with known ones and with their own past.
 */
export function busyAccounts(
  stands: readonly Stand[],
  about: {
    readonly at: number
    readonly holdMs: number
    readonly windows: number
    readonly risk: number
    isNew(actor: number, end: number): boolean
  },
): Busy[] {
  const { at, holdMs, windows, risk, isNew } = about
  const pages = new Map<number, number>()
  for (const stand of stands) {
    const j = stand.actor < 0 ? -1 : windowOf(stand, at, holdMs)
    if (j < 0 || j > windows) continue
    const key = stand.actor * 4096 + j
    pages.set(key, (pages.get(key) ?? 0) + 1)
  }
  const earlier: Record<'fresh' | 'known', number[]> = { fresh: [], known: [] }
  const own = new Map<number, number>()
  const now: { actor: number; n: number; fresh: boolean }[] = []
  for (const [key, n] of pages) {
    const [actor, j] = [Math.floor(key / 4096), key % 4096]
    const fresh = isNew(actor, at - j * holdMs)
    if (j === 0) now.push({ actor, n, fresh })
    else {
      earlier[fresh ? 'fresh' : 'known'].push(n)
      own.set(actor, Math.max(own.get(actor) ?? 0, n))
    }
  }
  const taken = takenAt(stands, at, holdMs)
  return now
    .flatMap(({ actor, n, fresh }): Busy[] => {
      const sample = earlier[fresh ? 'fresh' : 'known']
      if (n < leastPages || sample.length < leastSample || n <= 2 * (own.get(actor) ?? 0)) return []
      const law = tailOf(sample)
      const logChance = Math.min(0, Math.log(now.length) + law.logTail(n))
      if (logChance >= Math.log(risk)) return []
      const usual = Math.ceil(law.reach(Math.log(risk / now.length)))
      return [{ actor, stands: taken.filter(s => s.actor === actor), isNew: fresh, usual, logChance }]
    })
    .sort((a, b) => a.logChance - b.logChance || a.actor - b.actor)
}

/**
 * P(X >= k) beyond the largest tenth of a sample of counts: Hill's estimate of a power law with the half-step that
 * counts need (Clauset, Shalizi, Newman 2009, equation 3.7), taken at its flat end.
 */
function tailOf(sample: number[]): { logTail(k: number): number; reach(logChance: number): number } {
  const falling = [...sample].sort((a, b) => b - a)
  const edge = falling[Math.min(falling.length - 1, Math.max(20, Math.ceil(falling.length / 10)))]! + 0.5
  const beyond = falling.filter(x => x > edge)
  const m = beyond.length + 1
  const sum = beyond.reduce((total, x) => total + Math.log(x / edge), Math.LN2)
  const slope = Math.min(steepest, m / sum) * Math.max(0.2, 1 - 1.64 / Math.sqrt(m))
  const above = Math.log(m / (falling.length + 1))
  return {
    logTail: k => above - slope * Math.log(Math.max(1, (k - 0.5) / edge)),
    reach: logChance => 0.5 + edge * Math.exp((above - logChance) / slope),
  }
}
