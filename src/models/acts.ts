import type { Act, ActKind, Value } from '../core/index.ts'

/** More different acts than this no honest program has; the rest is not kept, and said to be missing. */
const mostActs = 50_000
const mostText = 200

export const textValue = (text: string): Value => ({ kind: 'constant', value: text.slice(0, mostText) })

/** Gathers what a program does, equal acts as one. */
export class ActList {
  private readonly known = new Map<string, { -readonly [K in keyof Act]: Act[K] }>()
  /** True when not all acts were kept. */
  overflown = false

  /** Acts are equal when their kind, module, name, way and arguments are. */
  add(
    kind: ActKind,
    module: string,
    name: string,
    by: string,
    offset: number,
    args: readonly string[] = [],
    count = 1,
  ): void {
    const key = `${kind}\0${module}\0${name}\0${by}\0${args.join('\0')}`
    const known = this.known.get(key)
    if (known) known.count += count
    else if (this.known.size >= mostActs) this.overflown = true
    else {
      const short = { module: module.slice(0, mostText), name: name.slice(0, mostText) }
      this.known.set(key, { kind, ...short, by, offset, args: args.slice(0, 16).map(textValue), count })
    }
  }

  all(): readonly Act[] {
    return [...this.known.values()]
  }

  /** Why the list is not whole, for the program that it belongs to. */
  get incomplete(): { readonly incomplete?: string } {
    return this.overflown ? { incomplete: `It does more than ${mostActs} different things.` } : {}
  }
}
