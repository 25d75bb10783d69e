import { createHash } from 'node:crypto'
import { type Decision, type Figure, frameworkCredits, type Outcome, type Report } from '../../core/index.ts'
import { type Cluster, clustersOf } from '../clusters.ts'
import { fewNames, fileVerdicts, modelSeenText } from '../files.ts'
import { counted, sizeText } from '../lines.ts'
import { rolesOf } from '../roles.ts'
import { type Judged, judgedFindings, otherReasons, summaryOf, verdictText } from '../verdict.ts'
import { visibleText } from '../visible.ts'
import { figureOf } from './figures/index.ts'
import { filesSection } from './files.ts'
import { findingCard } from './finding.ts'
import { dataText, html, type Markup, trusted } from './markup.ts'
import { script } from './script.ts'
import { style as plainStyle } from './style.ts'
import { pictureStyle } from './style-pictures.ts'

/** More cards than this would make a page that no browser likes; the JSON report has them all. */
const mostCards = 300

const style = plainStyle + pictureStyle

const pin = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`

/**
 * The report as one HTML file that asks for nothing: no request, no font, no script needed to read it. Its policy
 * allows this style and this script, by digest, and pictures that stand in the page itself, nothing else.
 */
export function renderHtml(report: Report, decision: Decision): string {
  const judged = judgedFindings(report, decision)
  const policy = `default-src 'none'; style-src ${pin(style)}; script-src ${pin(script)}; img-src data:; base-uri 'none'; form-action 'none'`
  return html`${trusted('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="bezoar ${report.tool.version}">
<title>${decision.verdict.toUpperCase()} · ${visibleText(report.artifact.name, 120)} · Bezoar</title>
<style>${trusted(style)}</style>
</head>
<body class="${decision.verdict}">
<a class="skip" href="#findings">Skip to the findings</a>
${masthead(report)}
<main>
${banner(report, decision, judged)}
${coverage(report)}
${findings(report, judged)}
${filesSection(report, judged)}
${otherFigures(report, judged)}
${detectors(report)}
</main>
${footer(report)}
<script>${trusted(script)}</script>
</body>
</html>
`.text
}

/** A stone with rings, as bezoars have. */
const mark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><ellipse cx="16" cy="16" rx="14" ry="12.5"/><ellipse cx="17.2" cy="16.6" rx="9.6" ry="8.4"/><ellipse cx="18" cy="17.2" rx="5.4" ry="4.6"/><ellipse class="core" cx="18.6" cy="17.6" rx="1.8" ry="1.6"/></svg>`

const masthead = (report: Report): Markup =>
  html`<header class="masthead"><div class="brand">${mark}<span>Bezoar</span></div><p>${report.artifact.kind} report</p></header>`

function banner(report: Report, decision: Decision, judged: readonly Judged[]): Markup {
  const { artifact } = report
  const figures = artifact.kind === 'model' ? modelFigures(report, judged) : dataFigures(report, judged)
  const open = clustersOf(judged.filter(j => !j.waived && j.severity !== 'info'))
  return html`<section class="banner" aria-labelledby="verdict">
<p class="eyebrow">Verdict</p>
<h1 id="verdict"><span class="word">${decision.verdict}</span> <span class="means">${verdictText(report, decision.verdict)}</span></h1>
<p class="summary">${summaryOf(report, decision)}</p>
<ul class="reasons">${open.slice(0, 5).map(reasonItem)}${otherReasons(decision)
    .slice(0, 20)
    .map(text => html`<li class="hold">${dataText(text, [], 400)}</li>`)}</ul>
<dl class="figures">${figures.map(f => html`<div><dd>${f.value}</dd><dt>${f.name}</dt></div>`)}</dl>
<p class="pinned"><span>${dataText(artifact.name, [], 200)}</span> <span>${artifact.kind === 'model' ? 'digest' : 'sha256'} <code>${artifact.digest}</code></span></p>
</section>`
}

const reasonItem = ({ first: { finding, severity }, others }: Cluster): Markup =>
  html`<li class="${severity}"><a href="#f-${finding.id}">${dataText(finding.text, [], 260)}</a>${others.length > 0 ? html` <span class="quiet">and the same in ${counted(others.length, 'further place')}</span>` : null}</li>`

interface Count {
  readonly name: string
  readonly value: string
}

const fileCount = ({ artifact }: Report): Count => ({
  name: artifact.parts.length === 1 ? 'file' : 'files',
  value: artifact.parts.length.toLocaleString('en-US'),
})

const dataFigures = (report: Report, judged: readonly Judged[]): Count[] => [
  { name: report.coverage.rows === 1 ? 'row' : 'rows', value: report.coverage.rows.toLocaleString('en-US') },
  fileCount(report),
  { name: 'read', value: sizeText(report.coverage.bytes) },
  { name: 'accused rows', value: accusedRows(judged).toLocaleString('en-US') },
]

function modelFigures(report: Report, judged: readonly Judged[]): Count[] {
  const { files = [], coverage } = report
  const grave = fileVerdicts(report, judged).filter(f => f.verdict === 'block' || f.verdict === 'hold').length
  const members = files.reduce((sum, file) => sum + file.members.length + file.furtherMembers, 0)
  return [
    fileCount(report),
    { name: 'members inside', value: members.toLocaleString('en-US') },
    { name: 'in all', value: sizeText(coverage.bytes) },
    { name: 'files to look at', value: grave.toLocaleString('en-US') },
  ]
}

/** Distinct rows that findings of hold and block accuse, as far as the report lists them. */
function accusedRows(judged: readonly Judged[]): number {
  const byPart = new Map<string, [number, number][]>()
  for (const { finding, waived, severity } of judged) {
    if (waived || severity === 'info') continue
    for (const { part, ranges } of finding.rows?.listed ?? [])
      byPart.set(part, [...(byPart.get(part) ?? []), ...ranges])
  }
  return [...byPart.values()].reduce((sum, ranges) => sum + unionSize(ranges), 0)
}

function unionSize(ranges: [number, number][]): number {
  let size = 0
  let end = -1
  for (const [first, last] of ranges.sort((a, b) => a[0] - b[0])) {
    size += Math.max(0, last - Math.max(first, end + 1) + 1)
    end = Math.max(end, last)
  }
  return size
}

function lookedAt(report: Report): Markup {
  const { artifact, coverage: seen, seed } = report
  if (artifact.kind === 'model')
    return html`<li>${modelSeenText(report)}</li><li>${visibleText(fewNames(formatsOf(report), 12), 400)} <span class="quiet">seed ${seed}</span></li>`
  return html`<li>${counted(seen.rows, 'row')} in ${counted(artifact.parts.length, 'file')}, ${seen.lostRows === 0 ? 'none lost' : `${counted(seen.lostRows, 'record')} lost`}</li>
${rolesOf(seen.columns).map(told => html`<li>${dataText(told.text, [], 900)}${knownBy(told.because)}</li>`)}`
}

function knownBy(because: string): Markup | null {
  if (because === '' || because === 'flag') return null
  const how = because === 'joined' ? 'joined from what was looked up' : `known by its ${visibleText(because, 300)}`
  return html` <span class="quiet">${how}</span>`
}

/** `12 safetensors`, the most frequent first. */
function formatsOf({ artifact }: Report): string[] {
  const counts = new Map<string, number>()
  for (const { format } of artifact.parts) counts.set(format, (counts.get(format) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([format, count]) => `${count.toLocaleString('en-US')} ${format}`)
}

function coverage(report: Report): Markup {
  const { coverage: seen, artifact, outcomes, seed } = report
  const judges = outcomes.filter(o => o.status === 'found' || o.status === 'clean').length
  const missed = seen.notLookedAt.map(text => html`<li>${dataText(text, [], 600)}</li>`)
  const how = artifact.kind === 'model' ? null : html` <span class="quiet">engine ${seen.engine}, seed ${seed}</span>`
  return html`<section class="coverage" aria-label="Coverage"><div><h2>Looked at</h2><ul>
${lookedAt(report)}
<li>by ${judges} of ${counted(outcomes.length, 'detector')}${how}</li></ul></div>
<div class="gaps"><h2>Not looked at</h2>${missed.length > 0 ? html`<ul>${missed}</ul>` : html`<p>Everything that was given was looked at. Poison that no detector knows would go unseen all the same.</p>`}</div></section>`
}

function findings({ outcomes }: Report, judged: readonly Judged[]): Markup {
  const drawn = new Set<string>()
  const clusters = clustersOf(judged)
  const cards = clusters.slice(0, mostCards).map(cluster => {
    const id = cluster.first.finding.detector
    const figures = drawn.has(id) ? [] : (outcomes.find(o => o.detector === id)?.figures ?? [])
    drawn.add(id)
    return findingCard(
      cluster,
      figures.filter(figure => !('member' in figure)),
    )
  })
  const left = clusters.length - cards.length
  const none = html`<p class="empty">No detector found anything. Silence is no proof of safety: see above what was not looked at.</p>`
  return html`<section id="findings" aria-labelledby="findings-title"><h2 id="findings-title">Findings</h2>${cards.length > 0 ? cards : none}${left > 0 ? html`<p class="empty">${left} more are in the JSON report.</p>` : null}</section>`
}

/** Pictures of detectors that found nothing: what a calm measurement looks like. */
function otherFigures({ outcomes }: Report, judged: readonly Judged[]): Markup | null {
  const shown = new Set(judged.slice(0, mostCards).map(j => j.finding.detector))
  const figures = outcomes
    .filter(o => !shown.has(o.detector))
    .flatMap((o): readonly Figure[] => o.figures)
    .filter(figure => !('member' in figure))
  return figures.length === 0
    ? null
    : html`<section aria-labelledby="calm"><h2 id="calm">Measured and found calm</h2><div class="gallery">${figures.map(figureOf)}</div></section>`
}

function detectors({ outcomes, artifact }: Report): Markup {
  const isModel = artifact.kind === 'model'
  const heads = ['Detector', 'Outcome', 'Findings', isModel ? 'Pictures' : 'Rows', 'Threat', 'Options']
  return html`<section aria-labelledby="detectors"><h2 id="detectors">Detectors</h2><div class="scroll" tabindex="0" role="group" aria-label="Table of detectors"><table>
<thead><tr>${heads.map(name => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${outcomes.map(o => html`<tr><th scope="row">${o.detector} <span class="quiet">v${o.version}</span></th><td><span class="state ${o.status}">${o.status}</span>${o.reason ? html`<span class="why">${dataText(o.reason, [], 300)}</span>` : null}</td><td class="number">${o.findings.length}</td><td class="number">${(isModel ? o.figures.length : o.rows).toLocaleString('en-US')}</td><td>${o.threat}</td><td class="options">${optionsOf(o)}</td></tr>`)}</tbody>
</table></div></section>`
}

function optionsOf({ options }: Outcome): Markup {
  const entries = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))
  if (entries.length === 0) return html`<span class="quiet">none</span>`
  return html`${entries.map(([name, value]) => html`<code>${dataText(`${name}=${JSON.stringify(value)}`, [], 120)}</code> `)}`
}

const footer = ({ tool }: Report): Markup =>
  html`<footer><p>Written by Bezoar ${tool.version}. Records count from zero. The same data, options and seed give the same bytes.</p><p>A finding is evidence that bears on the entry named beside it, never a ruling that a law or standard is met or breached. ${frameworkCredits}</p></footer>`
