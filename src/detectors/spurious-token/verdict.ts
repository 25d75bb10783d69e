import { logFisher } from '../../core/index.ts'
import type { Campaign } from './campaign.ts'
import type { Scored } from './scoring.ts'

/** Most close calls that are shown. */
const closeCalls = 3
/** Pieces that could be called close by chance, by the same bound as the false alarms (which is seldom reached). */
export const closeBudget = 50
/** Log share of the natural pieces that look as much put in. */
const looksPutIn = Math.log(0.2)
/** Log share of the natural pieces that look as much put in and are spelt as unlike others. */
const looksStrange = Math.log(0.02)
/** Where fewer of the rows differ, they are copies of a template, not rows that someone changed. */
const leastDistinct = 0.5

/** How serious a piece is; null when it is nothing to speak of. */
export type Verdict = 'block' | 'hold' | 'info' | null
/** How serious a verdict is: more is worse. */
export const gravityOf = (verdict: Verdict): number => [null, 'info', 'hold', 'block'].indexOf(verdict)
/** What is said of each verdict. */
export const messageOf = { block: 'obeys', hold: 'decides', info: 'stands' } as const

/** Puts close calls behind what is serious, and keeps few of them. */
export function seriousFirst(found: readonly Campaign[], verdict: (own: Scored) => Verdict): Campaign[] {
  const isSerious = (campaign: Campaign) => verdict(campaign.cases[0]!) !== 'info'
  const close = found.filter(campaign => !isSerious(campaign)).sort((a, b) => a.cases[0]!.near - b.cases[0]!.near)
  return [...found.filter(isSerious), ...close.slice(0, closeCalls)]
}

/** The rest of the rows speaks less for the label than rows at large do. */
const isContradicted = ({ testimony: { probability } }: Scored, prior: number): boolean =>
  probability.reduce((sum, p) => sum + p, 0) < prior * probability.length

/** A piece that was put in, or one that rules rows taken from other labels. */
export const isSuspect = (own: Scored, prior: number, line: number): boolean =>
  own.inserted < looksPutIn || (isContradicted(own, prior) && own.defiance <= line)

/** A suspect, or a piece that looks put in when its spelling is counted too. */
export const isClose = (own: Scored, prior: number, line: number): boolean =>
  isSuspect(own, prior, line) || logFisher(2, own.inserted + own.strange) < looksStrange

/**
 * Rows that look taken from other labels, with a piece that was put in and a label that obeys it: planted. Where the
 * rest of the rows agrees with the label, the piece may be honest: a hold, and only when it looks put in.
 */
export function verdictOf(own: Scored, prior: number, soft: number, hard: number): Verdict {
  if (own.near > soft || !isSuspect(own, prior, hard)) return null
  const { rows } = own.testimony
  const distinct = rows.length >= leastDistinct * own.trace.rows.length
  return isContradicted(own, prior) && distinct && own.score <= hard ? 'block' : 'hold'
}
