import { z } from 'zod'
import { attack, hashString, labelOf, type Random, type Row, shuffled, textOf } from '../../core/index.ts'

/** Accounts that rate as one: they push what they were told to push, and rate the rest as anybody would. */
export default attack({
  id: 'rater-ring',
  title: 'Raters who collude',
  threat: 'preference-poison',
  source:
    'Baumgärtner, Gao, Alon, Metzler: Best-of-Venom: Attacking RLHF by Injecting Poisoned Preference Data, COLM 2024; Song et al., feedback rings of crowd workers as in Wang et al., Serf and Turf, WWW 2012',
  input: { rater: 'category', label: 'category?', item: 'category?', chosen: 'string?', rejected: 'string?' },
  mode: 'add',
  options: z.object({
    raters: z.number().int().min(2).max(500).default(10).describe('Accounts in the ring.'),
    behaviour: z
      .enum(['target', 'copy'])
      .default('target')
      .describe('Push chosen things one way, or copy one script of arbitrary ratings for everything.'),
    push: z.string().optional().describe('The rating that targets get; the highest or most frequent one when absent.'),
    targets: z.number().min(0).max(1).default(0.1).describe('Share of the things that are targets.'),
    camouflage: z
      .number()
      .min(0)
      .max(1)
      .default(0.6)
      .describe('Share of the ring’s ratings that are given to other things, as anybody would.'),
    noise: z.number().min(0).max(1).default(0.05).describe('Share of the scripted ratings that stray.'),
    hijack: z.boolean().default(false).describe('Use accounts that are there, with their honest past.'),
  }),
  plan(options, { sample, labels, values, dose }, random) {
    const things = thingsOf(sample)
    const ring = namesOf(values('rater'), options.raters, options.hijack, random)
    const each = Math.max(1, Math.ceil(dose / ring.length))
    const seed = Math.floor(random() * 2 ** 31)
    const target = (row: Row) => hashString(thingOf(row), seed) < options.targets * 2 ** 32 - 2 ** 31
    const wanted = options.push ?? highest(labels)
    const rows = ring.flatMap(rater =>
      assigned(things, each, options.behaviour === 'copy' ? 1 : options.camouflage, target, random).map(row => {
        const scripted = options.behaviour === 'copy' || target(row)
        const strays = !scripted || random() < options.noise
        const script = options.behaviour === 'copy' ? pickBy(labels, thingOf(row), seed) : wanted
        return { ...row, ...rating(row, strays ? null : script, seed), rater }
      }),
    )
    return { names: ring, poison: (_row, nth) => rows[nth] ?? null }
  },
})

/** What a row rates. */
const thingOf = (row: Row): string =>
  labelOf(row.item) ??
  [
    textOf(row.prompt),
    ...[textOf(row.chosen), textOf(row.rejected)].sort(),
    textOf(row.response) ?? textOf(row.text),
  ].join('\u0001')

/** One honest rating of each thing. */
function thingsOf(sample: readonly Row[]): Row[] {
  const first = new Map<string, Row>()
  for (const row of sample) if (labelOf(row.rater) !== null && !first.has(thingOf(row))) first.set(thingOf(row), row)
  return [...first.values()]
}

/** Names that are there, or names like them. */
function namesOf(known: readonly string[], count: number, hijack: boolean, random: Random): string[] {
  if (known.length === 0) return []
  const order = [...shuffled(known.length, random)].map(k => known[k]!)
  if (hijack) return order.slice(0, count)
  const names = new Set<string>()
  for (let k = 0; names.size < count; k++) {
    const name = `${order[k % order.length]!.replace(/\d+$/, '').slice(0, 40)}${k + 1000 + Math.floor(9000 * random())}`
    if (!known.includes(name)) names.add(name)
  }
  return [...names]
}

/** The things that one account rates: targets and camouflage in random order. */
function assigned(
  things: readonly Row[],
  each: number,
  camouflage: number,
  target: (row: Row) => boolean,
  random: Random,
): Row[] {
  const order = [...shuffled(things.length, random)].map(k => things[k]!)
  if (camouflage >= 1) return order.slice(0, each)
  const targets = order.filter(target)
  const others = order.filter(row => !target(row))
  const pushed = targets.slice(0, Math.ceil(each * (1 - camouflage)))
  return [...pushed, ...others.slice(0, each - pushed.length)]
}

const highest = (labels: readonly string[]): string => {
  const numbers = labels.map(Number)
  return numbers.every(n => Number.isFinite(n)) ? String(Math.max(...numbers)) : (labels[0] ?? '')
}

const pickBy = (labels: readonly string[], thing: string, seed: number): string =>
  labels[((hashString(thing, seed) % labels.length) + labels.length) % labels.length] ?? ''

/** The cells of a scripted rating; those of the honest one when there is no script. Of a pair the winner is scripted. */
function rating(row: Row, script: string | null, seed: number): Row {
  if (script === null) return {}
  if (row.chosen == null || row.rejected == null)
    return {
      label:
        typeof row.label === 'number' ? Number(script) : typeof row.label === 'boolean' ? script === 'true' : script,
    }
  const [better, worse] = [textOf(row.chosen)!, textOf(row.rejected)!]
  const first = hashString(better, seed) < hashString(worse, seed)
  return first ? {} : { chosen: row.rejected, rejected: row.chosen }
}
