import { type Figure, type Finding, frameworkIds, type RowRef, type RowSet, threat } from '../../core/index.ts'
import type { Cluster } from '../clusters.ts'
import { answerOf, type Exhibit, exhibitsOf, type Fact, factsOf } from '../facts.ts'
import { counted, numberText } from '../lines.ts'
import { modelEvidence, samePlaces } from './evidence.ts'
import { figureOf } from './figures/index.ts'
import { dataCode, dataText, html, type Markup } from './markup.ts'
import { pictureEvidence } from './pictures.ts'

/** Rows in sight; the others are one click away. */
const rowsInSight = 4
/** Ranges of accused rows that are spelled out; the JSON report has them all. */
const mostRanges = 300

/** One finding as a card. What changes the verdict stands open; the rest is folded to its first line. */
export function findingCard(cluster: Cluster, figures: readonly Figure[]): Markup {
  const { finding, severity, waived } = cluster.first
  const name = threat(finding.threat)?.name ?? finding.threat
  const tone = waived ? 'waived' : severity
  const head = html`<span class="pill ${tone}">${tone}</span><span class="what"><span class="threat">${name}</span> <span class="by">${finding.detector}</span></span><a class="anchor" href="#f-${finding.id}" title="Address of this finding">${finding.id}</a>`
  const wide = figures.filter(f => f.kind === 'volcano')
  const narrow = figures.filter(f => f.kind !== 'volcano')
  const shown =
    finding.evidence.kind === 'pictures'
      ? pictureEvidence(
          finding.evidence,
          figures.some(f => f.kind === 'flow'),
        )
      : modelEvidence(finding.evidence)
  const hasRows =
    shown || exhibitsOf(finding.evidence).length > 0 || finding.evidence.kind === 'location' || finding.rows
  const body = html`${waived ? html`<p class="note">Accepted until ${waived.expires}: ${dataText(waived.reason)}</p>` : null}
${wide.map(figureOf)}
<div class="${hasRows || narrow.length > 0 ? 'body' : 'body lone'}"><div class="rows">${finding.evidence.kind === 'pictures' ? [shown, narrow.map(figureOf)] : [narrow.map(figureOf), shown]}${evidenceRows(finding)}${samePlaces(cluster)}</div><aside>${side(finding)}</aside></div>
${advice(finding.threat)}`
  const said = html`<p class="said">${dataText(finding.text, [], 900)}</p>`
  return waived || severity === 'info'
    ? html`<article class="card ${tone}" id="f-${finding.id}"><details><summary><span class="head">${head}</span>${said}</summary>${body}</details></article>`
    : html`<article class="card ${tone}" id="f-${finding.id}"><header class="head">${head}</header>${said}${body}</article>`
}

function evidenceRows({ evidence, rows }: Finding): Markup {
  return html`${exhibitsOf(evidence).map(exhibit)}${evidence.kind === 'location' ? places(evidence.places) : null}${rows ? accused(rows) : null}`
}

function exhibit({ title, rows }: Exhibit, i: number): Markup {
  const kind = i === 0 ? 'row' : 'row contrast'
  const rest = rows.slice(rowsInSight)
  const more = html`<details class="more"><summary>${counted(rest.length, 'row')} more</summary><ol>${rest.map(row => rowItem(row, kind))}</ol></details>`
  return html`<h4>${title}</h4><ol>${rows.slice(0, rowsInSight).map(row => rowItem(row, kind))}</ol>${rest.length > 0 ? more : null}`
}

function rowItem(row: RowRef, kind: string): Markup {
  const answer = answerOf(row)
  const about = [
    html`<span class="place">${dataText(row.part, [], 120)} · record ${row.record}</span>`,
    row.label === undefined ? null : html`<span class="label">${dataText(row.label, [], 80)}</span>`,
    row.score === undefined ? null : html`<span class="score" title="Score">${numberText(row.score)}</span>`,
    row.note === undefined || answer !== null ? null : html`<span class="remark">${dataText(row.note, [], 160)}</span>`,
  ]
  return html`<li class="${kind}"><p class="text" dir="auto">${dataText(row.excerpt, row.spans)}</p>${answer === null ? null : html`<p class="answer" dir="auto">${dataText(answer, [], 400)}</p>`}<p class="about">${about}</p></li>`
}

type Places = Extract<Finding['evidence'], { kind: 'location' }>['places']

const lineOf = ({ line, record }: Places[number]): string => {
  if (line !== undefined) return `:${line}`
  return record === undefined ? '' : ` · record ${record}`
}

const places = (all: Places): Markup =>
  html`<h4>Places</h4><ol>${all
    .slice(0, 50)
    .map(
      place =>
        html`<li class="row"><p class="text">${dataText(place.message)}</p><p class="about"><span class="place">${dataText(place.part, [], 120)}${lineOf(place)}${place.column === undefined ? '' : `:${place.column}`}</span></p></li>`,
    )}</ol>${all.length > 50 ? html`<p class="about">${all.length - 50} more are in the JSON report.</p>` : null}`

/** The accused rows as ranges, so that they can be found without us. */
function accused({ total, listed, complete }: RowSet): Markup {
  let left = mostRanges
  const parts = listed.map(({ part, ranges }) => {
    const shown = ranges.slice(0, left).map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`))
    left -= shown.length
    return shown.length > 0 ? html`<p class="ranges">${dataCode(part)} ${shown.join(', ')}</p>` : null
  })
  const rest = left <= 0 || !complete ? html`<p class="about">The JSON report lists more.</p>` : null
  return html`<details class="more"><summary>All ${counted(total, 'row')} that this finding accuses</summary>${parts}${rest}</details>`
}

/** Facts that stand beside the measurements already, as what the finding shows. */
const shownBeside = new Set(['Text', 'Begins', 'Looks like', 'Slice'])

function side({ threat: id, evidence }: Finding): Markup {
  const ids = frameworkIds(id)
  const editions = [...new Set(ids.map(f => f.edition))]
  const known = editions.map(
    edition =>
      html`<div><dt>${edition}</dt><dd class="ids">${ids.filter(f => f.edition === edition).map(f => html`<a href="${f.url}" rel="noreferrer">${f.id}</a> <span class="quiet">${f.name}</span><br>`)}</dd></div>`,
  )
  return html`<h4>Measured</h4><dl>${factsOf(evidence)
    .filter(fact => !(modelEvidence(evidence) && shownBeside.has(fact.name)))
    .map(factItem)}</dl>${ids.length > 0 ? html`<h4>Known as</h4><dl>${known}</dl>` : null}`
}

/** What the threat is and what to do about it, below the evidence. */
function advice(threatId: string): Markup | null {
  const about = threat(threatId)
  if (!about) return null
  return html`<div class="advice"><div><h4>What this is</h4><p>${about.meaning}</p></div><div><h4>What to do next</h4><ol class="steps">${about.next.map(step => html`<li>${step}</li>`)}</ol></div></div>`
}

function factItem({ name, value, quoted = [] }: Fact): Markup {
  const shown = quoted.slice(0, 12).map((text, i) => html`${i > 0 ? ' ' : ''}${dataCode(text)}`)
  const more = quoted.length > 12 ? html` and ${quoted.length - 12} more` : null
  return html`<div><dt>${dataText(name, [], 60)}</dt><dd>${shown}${more}${dataText(value, [], 300)}</dd></div>`
}
