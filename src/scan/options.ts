import { z } from 'zod'
import { type AnyDetector, Fault, nearest } from '../core/index.ts'

/** Which detectors run: all, unless `only` names some; never those in `skip`. */
export interface Choice {
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
}

/** The detectors of a choice, in registry order. Throws `unknown-id` for a name that is none. */
export function chosen(all: readonly AnyDetector[], { only = [], skip = [] }: Choice): AnyDetector[] {
  for (const id of [...only, ...skip]) known(all, id)
  const left = all.filter(d => (only.length === 0 || only.includes(d.id)) && !skip.includes(d.id))
  if (left.length === 0) throw new Fault('nothing-to-do', 'No detector is left to run.', 'Name fewer with --skip.')
  return left
}

function known(all: readonly AnyDetector[], id: string): AnyDetector {
  const found = all.find(d => d.id === id)
  if (found) return found
  const ids = all.map(d => d.id)
  const near = nearest(id, ids)
  const remedy = near ? `Did you mean "${near}"?` : `There are: ${ids.join(', ')}.`
  throw new Fault('unknown-id', `There is no detector "${id}".`, remedy)
}

/**
 * Detector options with their defaults, by detector id. An option that does not exist or has a wrong value is a
 * `bad-option`, also for detectors that do not run: a typing error must not pass as a setting.
 */
export function checkedOptions(
  all: readonly AnyDetector[],
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const checked: Record<string, unknown> = {}
  for (const [id, raw] of Object.entries(given)) {
    const { options } = known(all, id)
    const parsed = options.strict().safeParse(raw)
    if (!parsed.success) throw badOption(id, Object.keys(options.shape), parsed.error)
    checked[id] = parsed.data
  }
  return checked
}

function badOption(id: string, names: readonly string[], error: z.ZodError): Fault {
  const issue = error.issues[0]!
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!
    const near = nearest(key, names)
    const list = names.length > 0 ? `Its options are: ${names.join(', ')}.` : 'It has no options.'
    return new Fault('bad-option', `${id} has no option "${key}".`, near ? `Did you mean "${near}"?` : list)
  }
  const where = [id, ...issue.path.map(String)].join('.')
  return new Fault('bad-option', `${where}: ${issue.message}.`, `See \`bezoar explain ${id}\` for what it takes.`)
}

/** The options table of a detector, for pages, help and forms. */
export interface OptionInfo {
  readonly name: string
  readonly type: string
  readonly fallback: unknown
  readonly description: string
}

/** Reads a zod object's options: name, type in words, default and description. */
export function optionInfos(schema: z.ZodObject): OptionInfo[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return Object.entries(json.properties ?? {}).map(([name, property]) => {
    if (typeof property === 'boolean') return { name, type: 'any', fallback: undefined, description: '' }
    return { name, type: typeOf(property), fallback: property.default, description: property.description ?? '' }
  })
}

function typeOf(property: z.core.JSONSchema.BaseSchema): string {
  if (property.enum) return property.enum.map(String).join(' \\| ')
  const low = property.exclusiveMinimum !== undefined ? `> ${property.exclusiveMinimum}` : ''
  const least = property.minimum !== undefined && property.minimum > -9e15 ? `≥ ${property.minimum}` : ''
  const most = property.maximum !== undefined && property.maximum < 9e15 ? `≤ ${property.maximum}` : ''
  const high = property.exclusiveMaximum !== undefined ? `< ${property.exclusiveMaximum}` : ''
  return [String(property.type ?? 'any'), low, least, most, high].filter(part => part !== '').join(' ')
}
