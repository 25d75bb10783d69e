import { type Model, momentsOf, numbersOf, type Tensor, tensorsOf } from '../../core/index.ts'
import type { Weighed } from './siblings.ts'

/** The tensors of a model, as far as they were measured. */
export interface AllWeighed {
  readonly weighed: readonly Weighed[]
  /** Sentences about tensors that could not be read. */
  readonly unread: readonly string[]
  /** Share of the bytes that was read. */
  readonly share: number
}

/** Measures all tensors of real numbers; beyond the budget, the same share of each. */
export function weighedOf(model: Model, budgetBytes: number): AllWeighed {
  const real = [...tensorsOf(model)].filter(({ found }) => isReal(found))
  const total = real.reduce((sum, { found }) => sum + found.bytes.size, 0)
  const share = Math.min(1, budgetBytes / Math.max(1, total))
  const weighed: Weighed[] = []
  const unread: string[] = []
  for (const each of real) {
    const numbers = numbersOf(each.found)
    if (typeof numbers === 'string') unread.push(`${each.member.path}, "${each.found.name.slice(0, 80)}": ${numbers}.`)
    else if (numbers.count > 0)
      weighed.push({ ...each, numbers, moments: momentsOf(numbers, share < 1 ? numbers.count * share : undefined) })
  }
  return { weighed, unread, share }
}

const isReal = ({ dtype }: Tensor): boolean => dtype === null || dtype.startsWith('F') || dtype === 'BF16'
