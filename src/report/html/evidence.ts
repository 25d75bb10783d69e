import type { Evidence } from '../../core/index.ts'
import type { Cluster } from '../clusters.ts'
import { standingOf } from '../clusters.ts'
import { counted } from '../lines.ts'
import { figureOf } from './figures/index.ts'
import { listed } from './figures/listing.ts'
import { dataCode, dataText, html, type Markup } from './markup.ts'

/** Places of one finding that are listed; the JSON report has them all. */
const mostPlaces = 500
const placesInSight = 5
const mostChanges = 120
/** Lines of a program around the accused one. */
const linesInSight = 14
const linesBefore = 8

/** What a finding in a model shows: the program, the template, the bytes, the numbers. */
export function modelEvidence(evidence: Evidence): Markup | null {
  switch (evidence.kind) {
    case 'act':
      return program(evidence)
    case 'template':
      return template(evidence)
    case 'place':
      return bytes(evidence)
    case 'tensor':
      return slices(evidence)
    default:
      return null
  }
}

type Of<K extends Evidence['kind']> = Extract<Evidence, { kind: K }>

function program({ listing, statement, offset }: Of<'act'>): Markup {
  const lines = listing.length > 0 ? listing : [{ offset, text: statement, lit: true }]
  const from = Math.max(0, Math.min(lines.findLastIndex(line => line.lit) - linesBefore, lines.length - linesInSight))
  const shown = lines.slice(from, from + linesInSight)
  const left = lines.length - shown.length
  return html`<h4>Program</h4>${listed(shown)}${left > 0 ? html`<p class="about">${counted(left, 'further line')} in the JSON report.</p>` : null}`
}

function template({ excerpt, spans, line, title, changes = [] }: Of<'template'>): Markup {
  const rows = changes
    .slice(0, mostChanges)
    .map(
      ({ sign, text }) =>
        html`<tr class="${sign === '+' ? 'added' : sign === '-' ? 'removed' : 'plain'}"><td class="offset">${sign}</td><td><code>${dataText(text, [], 400)}</code></td></tr>`,
    )
  const more = changes.length - rows.length
  return html`<h4>${dataText(title, [], 80)}, from line ${line}</h4><p class="source">${dataText(excerpt, spans, 2000)}</p>${
    rows.length > 0
      ? html`<h4>Against the known template</h4><div class="scroll tall" tabindex="0" role="group" aria-label="Changes"><table class="listing diff"><tbody>${rows}</tbody></table></div>${more > 0 ? html`<p class="about">${counted(more, 'further line')} in the JSON report.</p>` : null}`
      : null
  }`
}

function bytes({ hex, sniffed, message }: Of<'place'>): Markup {
  return html`<h4>Bytes</h4><div class="row"><p class="text">${dataText(message)}</p>${hex ? html`<p class="text">${dataCode(hex, 200)}</p>` : null}${sniffed ? html`<p class="about">Looks like: ${dataText(sniffed, [], 200)}</p>` : null}</div>`
}

const slices = ({ measure, slices: all, expected, tensor }: Of<'tensor'>): Markup | null =>
  figureOf({
    kind: 'bars',
    title: `${measure}: ${tensor}`,
    x: `a finding begins at ${Number(expected.toPrecision(3))}`,
    bars: all.map(({ index, score, note }) => ({
      name: note === '' ? index : `${index} · ${note}`,
      value: score,
      lit: score > expected,
    })),
  })

/** Where else the same was found. */
export function samePlaces({ others }: Cluster): Markup | null {
  if (others.length === 0) return null
  const items = others.slice(0, mostPlaces).map(({ finding }) => {
    const at = standingOf(finding.evidence)
    const where = at?.offset == null ? '' : `, byte ${at.offset.toLocaleString('en-US')}`
    return html`<li id="f-${finding.id}"><span class="place">${dataText(at?.member ?? '', [], 200)}${where}</span></li>`
  })
  const rest = items.slice(placesInSight)
  const cut = others.length - items.length
  return html`<h4>The same in ${counted(others.length, 'further place')}</h4><ol class="places">${items.slice(0, placesInSight)}</ol>${rest.length > 0 ? html`<details class="more"><summary>${counted(rest.length, 'place')} more</summary><ol class="places">${rest}</ol>${cut > 0 ? html`<p class="about">${cut.toLocaleString('en-US')} are in the JSON report.</p>` : null}</details>` : null}`
}
