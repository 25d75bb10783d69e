import { hashRow } from '../../core/index.ts'
import { unsurprising } from './campaign.ts'
import type { Surprise } from './surprise.ts'

/** Pictures of one label that may be another class with a patch, and those that they are measured against. */
export interface LookAlikes {
  readonly label: number
  /** The class that they would be taken for; -1 where they look like several. */
  readonly like: number
  readonly group: readonly number[]
  /** Pictures with other labels that look the same. */
  readonly others: readonly number[]
  /** The rest of the label. */
  readonly rest: readonly number[]
  /** How many pictures each of those kept of `group` and `others` stands for. */
  readonly each: readonly [number, number]
}

const fewestStrange = 5
const fewestOfPair = 8
const fewestOthers = 10
const fewestRest = 5
/** Pictures of one group, and of each kind that it is measured against. */
const mostOfGroup = 250

/**
 * Groups of two kinds. Pictures whose label surprises, beside those of other labels with the same looks. And, because a
 * frequent patch teaches the model of looks to expect the label, pictures of one label by the class that they would be
 * taken for if there were no such label, beside those of that class.
 */
export function lookAlikes(surprise: Surprise): LookAlikes[] {
  const { pictures, classes, label, look, second, chance } = surprise
  const byLabel = Array.from({ length: classes }, (): number[] => [])
  const byLook = Array.from({ length: classes }, (): number[] => [])
  for (let i = 0; i < pictures; i++) {
    if (label[i]! < 0) continue
    byLabel[label[i]!]!.push(i)
    byLook[look[i]!]!.push(i)
  }
  const found: LookAlikes[] = []
  const add = (own: number, like: number, group: number[], others: number[], rest: number[]) => {
    if (others.length < fewestOthers || rest.length < fewestRest) return
    const [taken, beside] = [some(group), some(others)]
    const each = [group.length / taken.length, others.length / beside.length] as const
    found.push({ label: own, like, group: taken, others: beside, rest: some(rest), each })
  }
  for (const [own, all] of byLabel.entries()) {
    const strange = all.filter(i => chance[i * classes + own]! < unsurprising)
    if (strange.length >= fewestStrange) {
      const looks = [...new Set(strange.map(i => look[i]!))]
      const others = looks.flatMap(c => byLook[c]!.filter(i => label[i] !== own))
      add(own, -1, strange, others, without(all, strange))
    }
    for (let like = 0; like < classes; like++) {
      const group = all.filter(i => second[i] === like)
      if (like === own || group.length < fewestOfPair) continue
      add(own, like, group, byLabel[like]!, without(all, group))
    }
  }
  return found
}

function without(all: readonly number[], taken: readonly number[]): number[] {
  const known = new Set(taken)
  return all.filter(i => !known.has(i))
}

/** Evenly, whatever the order of the rows. */
function some(all: readonly number[]): number[] {
  if (all.length <= mostOfGroup) return [...all].sort((a, b) => a - b)
  const ranked = all.map(i => [hashRow(i, 9) >>> 0, i] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1])
  return ranked
    .slice(0, mostOfGroup)
    .map(([, i]) => i)
    .sort((a, b) => a - b)
}
