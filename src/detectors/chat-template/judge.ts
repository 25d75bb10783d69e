import { judgeEmissions, judgeQuestions } from './behaviours.ts'
import { judgeHidden } from './hidden.ts'
import { TemplateFault } from './jinja/ast.ts'
import { parseTemplate } from './jinja/parser.ts'
import { Reading } from './reading.ts'
import { type Sighting, Sightings } from './sighting.ts'

/** What was seen in a template, and why not all of it could be read. */
export interface Judged {
  readonly sightings: readonly Sighting[]
  readonly fault: { readonly message: string; readonly at: number } | null
}

/** Reads a template and judges it; never runs it. */
export function judgeTemplate(source: string): Judged {
  let sightings = new Sightings()
  let fault: Judged['fault'] = null
  const texts: string[] = []
  try {
    const reading = new Reading(parseTemplate(source))
    sightings = reading.seen()
    judgeEmissions(reading.emissions, sightings)
    judgeQuestions([...reading.questions, ...reading.emissions.flatMap(emission => emission.gates)], sightings)
    texts.push(...reading.emissions.flatMap(({ texts: all }) => all ?? []))
    if (reading.exhausted) fault = { message: 'it has too many steps to be followed', at: 0 }
  } catch (reason) {
    if (!(reason instanceof TemplateFault)) throw reason
    fault = { message: reason.message, at: reason.at }
  }
  judgeHidden(source, texts, sightings)
  return { sightings: sightings.all(), fault }
}
