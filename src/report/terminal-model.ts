import type { Evidence, Report } from '../core/index.ts'
import { type Cluster, standingOf } from './clusters.ts'
import { type FileVerdict, fewNames, fileVerdicts, remedyOf, unlikeFiles } from './files.ts'
import { counted, sizeText } from './lines.ts'
import { type Paint, type Run, widthOf, wrap } from './screen.ts'
import type { Judged } from './verdict.ts'
import { segmentsOf, visibleText } from './visible.ts'

/** Files with their members, files in one line, members of one file, lines of a program: a wall of text is not read. */
const most = { open: 8, listed: 12, members: 8, lines: 9, changes: 12, slices: 6, places: 6 }
const colours = { block: 'red', hold: 'yellow', info: 'blue', clean: 'green' } as const

/** The files of a model: those that need a look with their members, the others in a line each. */
export function modelFileLines(report: Report, judged: readonly Judged[], width: number, paint: Paint): string[] {
  const all = fileVerdicts(report, judged)
  const grave = all.filter(f => f.verdict === 'block' || f.verdict === 'hold')
  const open = all.length === 1 ? all : unlikeFiles(grave).slice(0, most.open)
  const rest = all.filter(f => !open.includes(f))
  const listed = rest.slice(0, most.listed)
  const left = rest.slice(most.listed)
  const words = (['block', 'hold', 'info', 'clean'] as const).flatMap(verdict => {
    const count = left.filter(f => f.verdict === verdict).length
    return count > 0 ? [`${count.toLocaleString('en-US')} ${verdict}`] : []
  })
  return [
    ...open.flatMap(file => [...fileLines(file, all, width, paint), '']),
    ...listed.map(file => fileLine(file, width, paint)),
    ...(left.length > 0
      ? [`  ${paint(`and ${counted(left.length, 'further file')}: ${words.join(', ')}`, ['dim'])}`]
      : []),
    ...(listed.length + left.length === 0 ? [] : ['']),
  ].slice(0, -1)
}

/** At most 24 columns, so that there is room for the name. */
const formatName = (format: string | null): string => middle(visibleText(format ?? 'unknown', 100), 24)

/** `block  name      format · 1.2 MB`, the name cut in the middle when there is no room. */
function fileLine({ file, verdict }: FileVerdict, width: number, paint: Paint): string {
  const about = `${formatName(file.format)} · ${sizeText(file.sizeBytes)}`
  const room = Math.max(8, width - 10 - widthOf(about) - 1)
  const name = middle(visibleText(file.name, 200), room)
  const gap = ' '.repeat(Math.max(1, room - widthOf(name) + 1))
  return `  ${paint(verdict.padEnd(6), ['bold', colours[verdict]])}  ${name}${gap}${paint(about, ['dim'])}`
}

function middle(text: string, room: number): string {
  if (widthOf(text) <= room) return text
  const half = Math.floor((room - 1) / 2)
  return `${start([...text], half).join('')}…${start([...text].reverse(), half)
    .reverse()
    .join('')}`
}

/** The first characters that fit. */
function start(characters: readonly string[], room: number): string[] {
  const fitting: string[] = []
  let left = room
  for (const character of characters) {
    left -= widthOf(character)
    if (left < 0) break
    fitting.push(character)
  }
  return fitting
}

function fileLines(one: FileVerdict, all: readonly FileVerdict[], width: number, paint: Paint): string[] {
  const { file, unread } = one
  const remedy = remedyOf(one, all)
  const note = (text: string) => wrap([{ text }], width, '          ', paint)
  return [
    fileLine(one, width, paint),
    ...memberLines(one, width, paint),
    ...(unread > 0 ? note(`${counted(unread, 'byte')} nobody could read`) : []),
    ...wrap([{ text: `sha256 ${file.sha256}`, style: ['dim'] }], width, '        ', paint),
    ...(remedy
      ? wrap([{ text: `→ ${visibleText(remedy, 300)}`, style: ['bold'] }], width, '        ', paint, '          ')
      : []),
  ]
}

/** Members that a finding names or that hold unread bytes come first; the others are counted by format. */
function memberLines({ file, own }: FileVerdict, width: number, paint: Paint): string[] {
  const named = new Set(own.flatMap(({ finding }) => standingOf(finding.evidence)?.member ?? []))
  const telling = file.members.filter(m => named.has(m.path) || m.unread > 0)
  const shown = (telling.length > 0 ? telling : file.members).slice(0, most.members)
  const rest = file.members.filter(m => !shown.includes(m))
  const lines = shown.map(({ path, format, size, depth, unread }) => {
    const about = `${formatName(format ?? (unread > 0 ? 'unknown' : 'data'))} · ${sizeText(size)}${unread > 0 ? ` · ${sizeText(unread)} unread` : ''}`
    const indent = '  '.repeat(Math.min(4, depth - 1))
    const room = Math.max(8, width - 12 - indent.length - widthOf(about) - 1)
    const name = middle(visibleText(path.slice(file.name.length + 1), 300), room)
    const gap = ' '.repeat(Math.max(1, room - widthOf(name) + 1))
    const style = named.has(path) ? (['bold'] as const) : ([] as const)
    return `          ${indent}${paint('├', ['dim'])} ${paint(name, style)}${gap}${paint(about, ['dim'])}`
  })
  const count = rest.length + file.furtherMembers
  if (count === 0) return lines
  return [...lines, ...wrap([{ text: restText(rest, count), style: ['dim'] }], width, '          ├ ', paint)]
}

function restText(rest: FileVerdict['file']['members'], count: number): string {
  const formats = new Map<string, number>()
  for (const { format } of rest)
    formats.set(formatName(format ?? 'data'), (formats.get(formatName(format ?? 'data')) ?? 0) + 1)
  const words = [...formats].sort((a, b) => b[1] - a[1]).map(([format, n]) => `${n.toLocaleString('en-US')} ${format}`)
  return `${counted(count, 'further member')}: ${fewNames(words, 5)}`
}

/** What a person sees of a finding in a model: the program with the offending line, the template, the numbers. */
export function modelEvidenceLines(evidence: Evidence, width: number, paint: Paint): string[] {
  if (evidence.kind === 'act') return listingLines(evidence.listing, width, paint)
  if (evidence.kind === 'template') return changeLines(evidence.changes ?? [], width, paint)
  return []
}

type Lines = Extract<Evidence, { kind: 'act' }>['listing']

function listingLines(all: Lines, width: number, paint: Paint): string[] {
  if (all.length === 0) return []
  const first = Math.max(
    0,
    all.findIndex(line => line.lit),
  )
  const from = Math.max(0, Math.min(first - 3, all.length - most.lines))
  const shown = all.slice(from, from + most.lines)
  const digits = Math.max(...shown.map(line => String(line.offset).length))
  const left = all.length - shown.length
  return [
    '',
    ...shown.flatMap(({ offset, text, lit }) => {
      const lead = `  ${lit ? '▶' : ' '} ${String(offset).padStart(digits)}  `
      const run: Run = { text: visibleText(text, 240), style: lit ? ['bold', 'red'] : ['dim'] }
      return wrap([run], width, lead, paint, ' '.repeat(lead.length + 2))
    }),
    ...(left > 0 ? [`    ${paint(`${counted(left, 'more line')} in the HTML report`, ['dim'])}`] : []),
  ]
}

type Changes = NonNullable<Extract<Evidence, { kind: 'template' }>['changes']>

function changeLines(all: Changes, width: number, paint: Paint): string[] {
  const changed = all.findIndex(line => line.sign !== ' ')
  if (changed < 0) return []
  const shown = all.slice(Math.max(0, changed - 2), changed + most.changes)
  return [
    '',
    ...shown.flatMap(({ sign, text }) => {
      const style = sign === '+' ? (['green'] as const) : sign === '-' ? (['red'] as const) : (['dim'] as const)
      const words = segmentsOf(text.slice(0, 240)).map(s => (s.hidden ? `[${s.text}]` : s.text))
      return wrap([{ text: words.join(''), style }], width, `    ${sign} `, paint, '      ')
    }),
  ]
}

/** The other places of a cluster: file by file when there are few, counted when there are many. */
export function otherPlaces({ others }: Cluster, width: number, paint: Paint): string[] {
  if (others.length === 0) return []
  const files = [...new Set(others.flatMap(({ finding }) => standingOf(finding.evidence)?.file ?? []))]
  const names = fewNames(
    files.map(name => visibleText(name, 120)),
    most.places,
  )
  const text = `The same in ${counted(others.length, 'further place')}, ${counted(files.length, 'file')}: ${names}`
  return wrap([{ text }], width, '  ', paint)
}
