import { type Decision, type Evidence, frameworkIds, type Report, type RowRef, threat } from '../core/index.ts'
import { type Cluster, clustersOf, standingOf } from './clusters.ts'
import { answerOf, exhibitsOf, factsOf, placeOf } from './facts.ts'
import { fileVerdicts, remedyOf, unlikeFiles } from './files.ts'
import { counted, sizeText } from './lines.ts'
import { type Judged, judgedFindings, otherReasons, summaryOf, verdictText } from './verdict.ts'
import { clipped, segmentsOf, visibleText } from './visible.ts'

/** Forges refuse comments beyond 65,536 characters. */
const mostCharacters = 60_000
const sign = { block: '⛔', hold: '✋', info: 'ℹ️', pass: '✅' } as const

/** The report as a comment for a pull request: verdict and findings in sight, evidence folded away. */
export function renderMarkdown(report: Report, decision: Decision): string {
  const judged = judgedFindings(report, decision)
  for (const most of [20, 8, 3, 1]) {
    const text = page(report, decision, judged, most)
    if (text.length <= mostCharacters) return text
  }
  return page(report, decision, judged, 0)
}

function page(report: Report, decision: Decision, judged: readonly Judged[], most: number): string {
  const { artifact, coverage } = report
  const isOpen = (j: Judged) => !j.waived && j.severity !== 'info'
  const open = clustersOf(judged.filter(isOpen))
  const rest = judged.filter(j => !isOpen(j))
  const left = open.slice(most).reduce((sum, cluster) => sum + 1 + cluster.others.length, 0)
  const rows = artifact.kind === 'model' ? [] : [counted(coverage.rows, 'row')]
  const facts = [...rows, counted(artifact.parts.length, 'file'), sizeText(coverage.bytes)]
  const parts = [
    `## ${sign[decision.verdict]} Bezoar: ${decision.verdict}`,
    `**${verdictText(report, decision.verdict)}** ${summaryOf(report, decision)}`,
    `${code(artifact.name, 200)} · ${facts.join(' · ')} · sha256 \`${artifact.digest.slice(0, 12)}\``,
    ...(otherReasons(decision).length > 0
      ? [
          otherReasons(decision)
            .slice(0, 20)
            .map(text => `- ${plain(text, 400)}`)
            .join('\n'),
        ]
      : []),
    ...fileTable(report, judged, most),
    ...open.slice(0, most).map(findingText),
    ...(left > 0 ? [`${left} more findings are in the full report.`] : []),
    ...(rest.length > 0
      ? [
          folded(
            `${counted(rest.length, 'finding')} that ${rest.length === 1 ? 'changes' : 'change'} no verdict`,
            restText(rest.slice(0, 50)),
          ),
        ]
      : []),
    folded(
      'What was not looked at',
      coverage.notLookedAt
        .slice(0, 40)
        .map(text => `- ${plain(text, 300)}`)
        .join('\n') || 'Nothing was left out. Silence is no proof of safety all the same.',
    ),
  ]
  return parts.join('\n\n') + '\n'
}

const folded = (title: string, body: string): string =>
  `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`

function restText(rest: readonly Judged[]): string {
  return rest
    .map(
      ({ finding, waived }) =>
        `- ${waived ? `waived until ${waived.expires} (${plain(waived.reason, 200)}): ` : ''}${plain(finding.text, 300)}`,
    )
    .join('\n')
}

/** The files of a model that need a look, and how many do not. */
function fileTable(report: Report, judged: readonly Judged[], most: number): string[] {
  const all = fileVerdicts(report, judged)
  const grave = all.filter(f => f.verdict === 'block' || f.verdict === 'hold')
  if (grave.length === 0) return []
  const shown = unlikeFiles(grave).slice(0, most)
  const rows = shown.map(one => {
    const { file, verdict } = one
    const remedy = remedyOf(one, all)
    const cells = [verdict, code(file.name, 200), plain(file.format ?? 'unknown', 60), sizeText(file.sizeBytes)]
    return `| ${[...cells, remedy ? plain(remedy, 200) : ''].join(' | ')} |`
  })
  const left = all.length - shown.length
  const note = left > 0 ? [`${counted(left, 'further file')}, ${grave.length - shown.length} of them to look at.`] : []
  return [['| | file | format | size | |', '|---|---|---|---|---|', ...rows].join('\n'), ...note]
}

function findingText({ first: { finding, severity }, others }: Cluster): string {
  const about = threat(finding.threat)
  const ids = frameworkIds(finding.threat).map(f => f.printed)
  const facts = factsOf(finding.evidence).map(({ name, value, quoted = [] }) => {
    const shown = quoted.slice(0, 6).map(text => code(text, 120))
    return `- ${plain(name, 40)}: ${shown.join(', ')}${plain(value, 300)}`
  })
  const files = [...new Set(others.flatMap(({ finding: other }) => standingOf(other.evidence)?.file ?? []))]
  const same =
    others.length > 0
      ? `The same in ${counted(others.length, 'further place')}: ${files
          .slice(0, 8)
          .map(name => code(name, 120))
          .join(', ')}${files.length > 8 ? ` and ${files.length - 8} more files` : ''}`
      : ''
  const rows = exhibitsOf(finding.evidence).flatMap(({ title, rows }) => [
    `\n**${title}**\n`,
    ...rows.slice(0, 3).map(rowText),
  ])
  const next = (about?.next ?? []).map((step, i) => `${i + 1}. ${step}`)
  const body = [
    facts.join('\n'),
    same,
    programText(finding.evidence),
    rows.join('\n'),
    `**What to do**\n\n${next.join('\n')}`,
    `<sub>${ids.join(', ')} · finding \`${finding.id}\`</sub>`,
  ]
  const title = `${severity.toUpperCase()} · ${about?.name ?? plain(finding.threat, 60)} · ${plain(finding.detector, 60)}`
  return `### ${sign[severity]} ${title}\n\n${plain(finding.text, 500)}\n\n${folded('Evidence and what to do', body.filter(part => part !== '').join('\n\n'))}`
}

/** The program around what a finding accuses; `▶` marks the accused lines. */
function programText(evidence: Evidence): string {
  if (evidence.kind !== 'act' || evidence.listing.length === 0) return ''
  const lit = Math.max(
    0,
    evidence.listing.findIndex(line => line.lit),
  )
  const lines = evidence.listing.slice(Math.max(0, lit - 3), lit + 6)
  const texts = lines.map(line => `${line.lit ? '▶' : ' '} ${line.offset}  ${escaped(visibleText(line.text, 200))}`)
  return `<pre>${texts.join('\n')}</pre>`
}

function rowText(row: RowRef): string {
  const answer = answerOf(row)
  const text = segmentsOf(clipped(row.excerpt, 240), row.spans)
    .map(s =>
      s.marked ? `<b>${escaped(s.hidden ? `[${s.text}]` : s.text)}</b>` : escaped(s.hidden ? `[${s.text}]` : s.text),
    )
    .join('')
  const label = row.label === undefined ? '' : ` · label ${code(row.label, 60)}`
  return `- ${plain(placeOf(row), 160)}${label}<br><code>${text}</code>${answer === null ? '' : `<br>→ ${code(answer, 240)}`}`
}

/** Text from the data in a code span that no text can leave. */
const code = (text: string, most: number): string => `<code>${escaped(visibleText(text, most))}</code>`

/** What Markdown, HTML or a forge could take for more than a character: `1.`, `- `, `www.`, `https://` included. */
const special = /[\\`*_{}[\]<>#+!|~&$^@=]|:(?=\/)|(?<=www)\.|(?<=^\s*\d*)[.)-]|-(?=-)/gi

/** Text of which every special character is an entity: none can open a link, a tag, a list or a heading. */
const escaped = (text: string): string => text.replace(special, c => `&#${c.codePointAt(0)};`)

/** Running text: as above, and `@name` and `#1` call nobody. */
const plain = (text: string, most: number): string =>
  escaped(visibleText(text, most)).replace(/&#(64|35);/g, '&#$1;&#8203;')
