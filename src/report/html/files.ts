import type { Figure, Report } from '../../core/index.ts'
import { standingOf } from '../clusters.ts'
import { type FileVerdict, fileVerdicts, remedyOf, unlikeFiles } from '../files.ts'
import { counted, sizeText } from '../lines.ts'
import type { Judged } from '../verdict.ts'
import { visibleText } from '../visible.ts'
import { byteMap } from './byte-map.ts'
import { figureOf } from './figures/index.ts'
import { dataCode, dataText, html, type Markup } from './markup.ts'

/** Files with a line of their own; the JSON report has them all. */
const mostFiles = 1000
/** Files with members, bytes and programs. */
const mostDetailed = 120
const openAtFirst = 2
/** Files without a finding that are in sight. */
const cleanInSight = 12
const mostMembers = 80

/** The files of a model, those first that need a look: members, bytes, names and programs of each. */
export function filesSection(report: Report, judged: readonly Judged[]): Markup | null {
  const all = fileVerdicts(report, judged)
  if (all.length === 0) return null
  const telling = new Set([...unlikeFiles(all), ...all].slice(0, mostDetailed))
  const open = new Set(unlikeFiles(all.filter(isGrave)).slice(0, openAtFirst))
  const figures = report.outcomes.flatMap(outcome => outcome.figures)
  const item = (one: FileVerdict): Markup =>
    telling.has(one)
      ? fileItem(one, all, figures, all.length === 1 || open.has(one))
      : html`<li class="file bare">${fileHead(one)}</li>`
  const inSight = Math.max(cleanInSight, all.filter(f => f.verdict !== 'clean').length)
  const folded = all.slice(inSight, mostFiles)
  const more = html`<details class="more"><summary>${counted(folded.length, 'further file')}, nothing found</summary><ol class="files">${folded.map(item)}</ol></details>`
  const left = all.length - Math.min(all.length, Math.max(inSight, mostFiles))
  return html`<section aria-labelledby="files"><h2 id="files">Files</h2><ol class="files">${all.slice(0, inSight).map(item)}</ol>${folded.length > 0 ? more : null}${left > 0 ? html`<p class="empty">${counted(left, 'further file')} in the JSON report.</p>` : null}</section>`
}

const isGrave = ({ verdict }: FileVerdict): boolean => verdict === 'block' || verdict === 'hold'

const fileHead = ({ file, verdict, unread }: FileVerdict): Markup =>
  html`<span class="pill ${verdict}">${verdict}</span><span class="name">${dataText(file.name, [], 300)}</span><span class="quiet">${visibleText(file.format ?? 'unknown format', 40)} · ${sizeText(file.sizeBytes)}${unread > 0 ? ` · ${sizeText(unread)} unread` : ''}</span>`

function fileItem(one: FileVerdict, all: readonly FileVerdict[], figures: readonly Figure[], open: boolean): Markup {
  const { file, own } = one
  const named = new Set(own.flatMap(({ finding }) => standingOf(finding.evidence)?.member ?? []))
  const remedy = remedyOf(one, all)
  const drawn = figures.filter(f => 'member' in f && (f.member === file.name || f.member.startsWith(`${file.name}/`)))
  const body = html`${remedy ? html`<p class="note remedy">${dataText(remedy, [], 400)}</p>` : null}
<ul class="accusations">${own
    .filter(j => j.severity !== 'info')
    .slice(0, 12)
    .map(
      ({ finding, severity }) =>
        html`<li class="${severity}"><a href="#f-${finding.id}">${dataText(finding.text, [], 260)}</a></li>`,
    )}</ul>
${byteMap(file, named)}
${members(one, named)}
${drawn.slice(0, 12).map(figureOf)}
<dl class="facts">${file.facts.map(fact => html`<div><dt>${dataText(fact.name, [], 60)}</dt><dd>${dataText(String(fact.value), [], 200)}</dd></div>`)}<div><dt>sha256</dt><dd>${dataCode(file.sha256)}</dd></div></dl>`
  const start = open ? html`<details open>` : html`<details>`
  return html`<li class="file">${start}<summary>${fileHead(one)}</summary><div class="inside">${body}</div></details></li>`
}

/** The tree of members; of many, those that a finding names or that hold unread bytes, and the first others. */
function members({ file }: FileVerdict, named: ReadonlySet<string>): Markup | null {
  if (file.members.length === 0) return null
  const wanted = file.members.filter(m => named.has(m.path) || m.unread > 0).slice(0, mostMembers)
  const room = Math.max(6, mostMembers - wanted.length)
  const shown = new Set([...wanted, ...file.members.slice(0, room)])
  const left = file.members.length + file.furtherMembers - shown.size
  const rows = file.members
    .filter(m => shown.has(m))
    .map(
      m =>
        html`<li class="d${Math.min(6, m.depth)} ${named.has(m.path) ? 'lit' : 'plain'}"><span class="name">${dataText(lastPart(m.path, file), [], 200)}</span> <span class="quiet">${visibleText(m.format ?? (m.unread > 0 ? 'unknown' : 'data'), 40)} · ${sizeText(m.size)}</span>${m.unread > 0 ? html` <span class="unread">${sizeText(m.unread)} unread</span>` : null}</li>`,
    )
  return html`<h4>Inside</h4><ol class="members">${rows}</ol>${left > 0 ? html`<p class="about">and ${counted(left, 'further member')}, in the JSON report.</p>` : null}`
}

/** The path below the nearest member that is listed too. */
function lastPart(path: string, { name, members: all }: FileVerdict['file']): string {
  let outer = name
  for (const m of all) if (m.path.length > outer.length && path.startsWith(`${m.path}/`)) outer = m.path
  return path.slice(outer.length + 1)
}
