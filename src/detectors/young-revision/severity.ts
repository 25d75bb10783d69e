import { judgedShare } from './evidence.ts'
import type { History } from './history.ts'
import type { Refrain } from './inserted.ts'

/** Undone edits far beyond what other hours have were put there to be undone too late. */
const undoneBeyond = Math.log(1e-6)
const leastUndone = 10

export function undoneSeverity({ stands, test }: History['undone'], risk: number): 'info' | 'hold' | 'block' {
  if (!test || test.logChance >= Math.log(risk)) return 'info'
  return stands.length >= leastUndone && test.logChance < undoneBeyond ? 'block' : 'hold'
}

/** The same words on so many pages from so many accounts, nearly all new, are agreed upon. */
const leastPages = 10
const leastAccounts = 3
const nearlyAll = 0.9

export function coordinated({ stands }: Refrain, history: History): 'info' | 'hold' | 'block' {
  const accounts = new Set(stands.map(s => s.actor))
  const fresh = stands.filter(history.isNew).length
  const newShare = judgedShare(fresh, stands.length)
  if (stands.length >= leastPages && accounts.size >= leastAccounts && newShare >= nearlyAll) return 'block'
  // One known account that repeats itself is a bot or a diligent editor.
  return newShare >= 0.5 || accounts.size >= leastAccounts ? 'hold' : 'info'
}
