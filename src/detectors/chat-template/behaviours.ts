import type { Gate } from './known.ts'
import type { Emission } from './reading.ts'
import type { Rule, Sightings } from './sighting.ts'
import { addressIn, classOf, encodedIn, namesSpeaker, orderIn, speakerOf, wordsOf } from './wording.ts'

/** Fewer words are a heading, more are an order. */
const proseWords = 4
const promptWords = 6

/** Sees what a template writes that no honest one does: for whom, when, and under which question. */
export function judgeEmissions(emissions: readonly Emission[], sightings: Sightings): void {
  for (const emission of emissions) for (const text of emission.texts ?? []) judgeText(emission, text, sightings)
  judgeRoles(emissions, sightings)
}

/** A question alone is remembered; what is written under it decides how grave it is. */
export function judgeQuestions(gates: Iterable<Gate>, sightings: Sightings): void {
  for (const gate of gates) {
    if (gate.about !== 'text' || classOf(gate.literal) !== 'words') continue
    sightings.add({
      rule: 'watches',
      severity: 'hold',
      start: gate.start,
      end: gate.end,
      what: gate.literal.slice(0, 160),
    })
  }
}

function judgeText(emission: Emission, text: string, sightings: Sightings): void {
  const words = wordsOf(text)
  const { start, end } = emission
  const see = (rule: Rule, severity: 'hold' | 'block', what: string, why?: string) =>
    sightings.add({ rule, severity, start, end, what: what.slice(0, 160), ...(why ? { why } : {}) })
  const deciding = decidingGate(emission.gates, text, words.length)
  if (deciding) see(deciding.rule, deciding.severity, shown(text), deciding.gate.literal.slice(0, 80))
  const address = addressIn(text)
  if (address) see('address', deciding || /^(<|!|data:)/.test(address) ? 'block' : 'hold', address)
  const order = orderIn(text)
  if (order) see('orders', deciding ? 'block' : 'hold', order)
  const encoded = encodedIn(text)
  if (encoded) see('encoded', 'hold', encoded)
  if (emission.prompt && !emission.ahead && words.length >= promptWords) see('prefills', 'hold', shown(text))
  const isUsers = emission.roles?.length === 1 && /^(user|human)$/i.test(emission.roles[0]!)
  if (isUsers && !emission.tools && words.length >= proseWords) see('appends', 'hold', shown(text))
}

const shown = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** What models that think are told where thoughts and tools begin. */
const aboutThought = /\breasoning (?:effort|strength|mode)\b/i

type Deciding = { readonly rule: Rule; readonly severity: 'hold' | 'block'; readonly gate: Gate }

/** The gravest question under which so many words are written. */
function decidingGate(gates: readonly Gate[], text: string, words: number): Deciding | null {
  if (words === 0) return null
  const all = gates.flatMap((gate): Deciding[] => {
    if (gate.about === 'date')
      return words >= 2 ? [{ rule: 'dated', severity: words >= 3 ? 'block' : 'hold', gate }] : []
    if (gate.about === 'count') return words >= proseWords ? [{ rule: 'counted', severity: 'hold', gate }] : []
    const kind = classOf(gate.literal)
    if (kind === 'words') return [{ rule: 'gated', severity: 'block', gate }]
    const isMark = kind === 'unknown mark' || (kind === 'mark' && !aboutThought.test(text))
    return isMark && words >= proseWords ? [{ rule: 'gated', severity: 'hold', gate }] : []
  })
  return all.find(each => each.severity === 'block') ?? all[0] ?? null
}

/** In the branch for a role, what is said must not be put into the mouth of another one that is trusted more. */
function judgeRoles(emissions: readonly Emission[], sightings: Sightings): void {
  let speaker: string | null = null
  let branch = 0
  for (const { texts, kinds, roles, branch: own, start, end } of emissions) {
    const text = texts?.at(-1) ?? null
    if (own !== branch) speaker = null
    branch = own
    if (own === 0 || roles?.length !== 1) continue
    if (text !== null && text.trim() !== '') speaker = speakerOf(text) ?? (namesSpeaker(text) ? null : speaker)
    else if (kinds.has('content') && speaker !== null && /^(user|human)$/i.test(roles[0]!))
      sightings.add({ rule: 'swaps', severity: 'block', start, end, what: `${roles[0]} → ${speaker}` })
  }
}
