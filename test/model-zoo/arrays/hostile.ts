import { type ModelFile, membersOf, notesOf, unreadOf } from '../../../src/core/index.ts'
import { examined } from '../../../src/kit/index.ts'

/** True when somebody said that the file is not what it should be, or that not all of it was read. */
export function isDoubted(file: ModelFile): boolean {
  const model = { kind: 'model', name: '', files: [file], notes: [], leftOut: [] } as const
  const noted = [...notesOf(model)].some(({ found }) => found.severity !== 'info')
  return noted || !unreadOf(model).next().done || [...membersOf(file.root)].some(m => m.format === null && m.size > 0)
}

/** Lengths from `from` on at which a file, cut off, was taken for whole; and the slowest look in milliseconds. */
export async function cutEverywhere(
  name: string,
  data: Uint8Array,
  { from = 10, to = data.length, step = 1 } = {},
): Promise<{ clean: number[]; slowest: number }> {
  const clean: number[] = []
  let slowest = 0
  for (let length = from; length < to; length += step) {
    const began = performance.now()
    if (!isDoubted(await examined(name, data.slice(0, length)))) clean.push(length)
    slowest = Math.max(slowest, performance.now() - began)
  }
  return { clean, slowest }
}

/** Examines copies with a few bytes changed, by a seed; gives the slowest look in milliseconds and what threw. */
export async function mutateOften(
  name: string,
  data: Uint8Array,
  times: number,
): Promise<{ threw: string[]; slowest: number }> {
  const threw: string[] = []
  let [slowest, seed] = [0, 1]
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  for (let k = 0; k < times; k++) {
    const copy = data.slice()
    for (let j = random(4); j >= 0; j--) copy[random(copy.length)] = [0, 1, 0x7f, 0xff, random(256)][random(5)]!
    const began = performance.now()
    const file = await examined(name, copy)
    slowest = Math.max(slowest, performance.now() - began)
    for (const member of membersOf(file.root))
      threw.push(...member.unread.flatMap(each => (each.reason.includes('gave up') ? [each.reason] : [])))
  }
  return { threw, slowest }
}
