/**
 * Writes what the pages take from the code: the header of each detector's and attack's page, and the lists in docs/.
 * `--check` writes nothing and fails when something is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { attacks } from '../src/attacks/index.ts'
import { behaviours } from '../src/behaviours/index.ts'
import { rules } from '../src/code/index.ts'
import {
  type AnyAttack,
  type AnyDetector,
  frameworkIds,
  judgesTables,
  poisonsTables,
  threat,
} from '../src/core/index.ts'
import { detectors } from '../src/detectors/index.ts'
import { formats } from '../src/formats/index.ts'
import type { Accuracy } from '../src/kit/index.ts'
import { modelFormats } from '../src/models/index.ts'
import { optionInfos } from '../src/scan/index.ts'
import { statistics } from '../src/statistics/index.ts'
import type { ModelAccuracy } from './lab-models.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const open = '<!-- generated -->'
const close = '<!-- /generated -->'
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\\\\|', '\\|').replaceAll('\n', ' ')
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map(row => `| ${row.map(cell).join(' | ')} |`).join('\n')

const read = (path: string): string => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '')

function threatLine(id: string): string {
  const ids = frameworkIds(id).map(entry => `[${entry.printed}](${entry.url})`)
  return `\`${id}\` (${threat(id)?.name ?? 'unknown'})${ids.length > 0 ? `: ${ids.join(', ')}` : ''}`
}

const rolesText = (input: Readonly<Record<string, string>>): string =>
  Object.entries(input)
    .map(([role, kind]) => `\`${role}\` (${kind.replace('?', '')}${kind.endsWith('?') ? ', when there is one' : ''})`)
    .join(', ')

function optionsText(plugin: Pick<AnyDetector, 'options'>): string {
  const infos = optionInfos(plugin.options)
  if (infos.length === 0) return 'No options.'
  const rows = infos.map(({ name, type, fallback, description }) => [
    `\`${name}\``,
    type,
    fallback === undefined ? '' : `\`${JSON.stringify(fallback)}\``,
    description,
  ])
  return table(['option', 'takes', 'default', 'meaning'], rows)
}

/** Recall by attack class and false alarms of a detector of models, alone. */
function modelAccuracyText(text: string): string {
  const { classes, honest, published, damaged } = JSON.parse(text) as ModelAccuracy
  const quiet = [
    ['honest samples', honest],
    ['published models', published],
    ['damaged files', damaged],
  ] as const
  const counts = ({ of, hold, block }: ModelAccuracy['honest']) => [String(of), String(hold), String(block)]
  const rows = Object.entries(classes).map(([name, tally]) => [name, ...counts(tally)])
  return [
    'What it finds alone, by class of the zoo in `test/model-zoo` (other detectors share the work):',
    '',
    table(['class', 'samples', 'hold', 'block'], rows),
    '',
    'False alarms:',
    '',
    table(
      ['on', 'files', 'hold', 'block'],
      quiet.filter(([, tally]) => tally.of > 0).map(([name, tally]) => [name, ...counts(tally)]),
    ),
  ].join('\n')
}

function accuracyText(id: string): string {
  const text = read(`src/detectors/${id}/accuracy.json`)
  if (text === '') return 'Accuracy: not measured yet.'
  if ('classes' in JSON.parse(text)) return modelAccuracyText(text)
  const { clean, attacks: measured } = JSON.parse(text) as Accuracy
  const doses = [...new Set(measured.flatMap(a => a.doses.map(d => d.rows)))].sort((a, b) => a - b)
  const rows = measured.map(a => [
    `[\`${a.attack}\`](../../attacks/${a.attack}/page.md)${settings(a.options)}`,
    a.corpus,
    ...doses.map(dose => {
      const at = a.doses.find(d => d.rows === dose)
      return at ? `${at.caught}/${at.trials}` : ''
    }),
  ])
  const quiet = clean.map(c => [c.corpus, c.rows.toLocaleString('en-US'), String(c.block), String(c.hold)])
  return [
    ...(rows.length > 0
      ? ['Trials caught, by poisoned rows:', '', table(['attack', 'on', ...doses.map(String)], rows), '']
      : []),
    ...(quiet.length > 0 ? ['On clean rows:', '', table(['corpus', 'rows', 'block', 'hold'], quiet)] : []),
  ].join('\n')
}

function settings(options: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(options).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  return parts.length > 0 ? ` (${parts.join(', ')})` : ''
}

const readsText = (detector: AnyDetector): string =>
  judgesTables(detector)
    ? rolesText(detector.input.table) || 'any table'
    : detector.input.model.map(part => `${part} of a model`).join(', ')

function detectorHeader(detector: AnyDetector): string {
  return [
    `# ${detector.title}`,
    '',
    `- id: \`${detector.id}\`, version ${detector.version}`,
    `- threat: ${threatLine(detector.threat)}`,
    ...(detector.also ?? []).map(id => `- also: ${threatLine(id)}`),
    `- reads: ${readsText(detector)}`,
    `- cost: ${detector.cost}`,
    '',
    optionsText(detector),
    '',
    accuracyText(detector.id),
  ].join('\n')
}

function poisonsText(attack: AnyAttack): string {
  if (poisonsTables(attack)) return rolesText(attack.input) + (attack.mode === 'add' ? ', by adding rows' : '')
  if (attack.input.model.includes('any')) return 'whatever files an artifact has'
  return attack.input.model.length > 0 ? `files of a model: ${attack.input.model.join(', ')}` : 'a file of its own'
}

function attackHeader(attack: AnyAttack): string {
  return [
    `# ${attack.title}`,
    '',
    `- id: \`${attack.id}\``,
    `- threat: ${threatLine(attack.threat)}`,
    `- poisons: ${poisonsText(attack)}`,
    '',
    optionsText(attack),
  ].join('\n')
}

/** The page with a fresh header; what was written by hand stays. */
export function pageWith(header: string, page: string): string {
  const end = page.indexOf(close)
  const hand = (end < 0 ? page.replace(/^# .*\n+/, '') : page.slice(end + close.length)).trim()
  return `${open}\n${header.trim()}\n${close}\n\n${hand}\n`
}

function list(title: string, lead: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${open}\n# ${title}\n\n${lead}\n\n${table(head, rows)}\n${close}\n`
}

const link = (kind: string, id: string) => `[\`${id}\`](../src/${kind}/${id}/page.md)`

/** Every generated text by path; pages that are not written yet are left to their authors. */
function wanted(): Map<string, string> {
  const texts = new Map<string, string>()
  for (const detector of detectors) {
    const path = `src/detectors/${detector.id}/page.md`
    if (read(path)) texts.set(path, pageWith(detectorHeader(detector), read(path)))
  }
  for (const attack of attacks) {
    const path = `src/attacks/${attack.id}/page.md`
    if (read(path)) texts.set(path, pageWith(attackHeader(attack), read(path)))
  }
  texts.set('docs/detectors.md', detectorList())
  texts.set('docs/attacks.md', attackList())
  texts.set('docs/behaviours.md', behaviourList())
  texts.set('docs/code-rules.md', ruleList())
  texts.set('docs/formats.md', formatList())
  texts.set('docs/model-formats.md', modelFormatList())
  return texts
}

const detectorList = () =>
  list(
    'Detectors',
    'Each page says what it sees, how, what it misses, and how to check a finding without Bezoar.',
    ['detector', 'finds', 'threat', 'reads'],
    detectors.map(d => [link('detectors', d.id), d.title, `\`${d.threat}\``, readsText(d)]),
  )

const attackList = () =>
  list(
    'Attacks',
    'Used by `bezoar drill` and by the lab that measures the detectors.',
    ['attack', 'does', 'threat', 'source'],
    attacks.map(a => [link('attacks', a.id), a.title, `\`${a.threat}\``, a.source]),
  )

const behaviourList = () =>
  list(
    'Behaviours',
    'What an answer does, told as short words. Detectors ask what switches them on: a phrase, a rater, a source.',
    ['behaviour', 'tells'],
    behaviours.map(b => [link('behaviours', b.id), b.title]),
  )

const ruleList = () =>
  list(
    'Rules of the judge of code',
    'Each is one file with vulnerable and fixed examples. A rule knows nothing of the program around a snippet: what it says is used by comparison (with a phrase and without it) and printed as information.',
    ['rule', 'weakness', 'languages', 'says'],
    rules.map(r => [
      `[\`${r.id}\`](../src/code/rules/${r.id}.ts)`,
      r.cwe.map(id => `[${id}](https://cwe.mitre.org/data/definitions/${id.slice(4)}.html)`).join(', '),
      r.languages.join(', '),
      r.title,
    ]),
  )

const formatList = () =>
  list(
    'Formats and statistics',
    'Formats are told by content, never by the name alone.',
    ['id', 'what'],
    [
      ...formats.map(f => [`\`${f.id}\``, `${f.title} (usually ${f.extensions.join(', ')})`]),
      ...statistics.map(s => [`\`${s.id}\``, `Statistic: ${s.title}`]),
    ],
  )

const modelFormatList = () =>
  list(
    'Formats of model files',
    'Told by content, never by the name. Each byte of a file is claimed by one of them, or the verdict is at best `hold`.',
    ['id', 'what', 'usual endings', 'also reads as a layout'],
    modelFormats.map(f => [
      `\`${f.id}\``,
      f.title,
      f.extensions.map(ending => `\`${ending}\``).join(' '),
      f.layout ? (f.read ? 'yes' : 'only') : '',
    ]),
  )

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check')
  const stale = [...wanted()].filter(([path, text]) => read(path) !== text)
  for (const [path, text] of stale) {
    if (check) console.error(`${path} is stale: run npm run docs`)
    else writeFileSync(join(root, path), text)
  }
  for (const { id } of detectors.filter(d => read(`src/detectors/${d.id}/page.md`) === '')) {
    console.error(`src/detectors/${id}/page.md is missing`)
    process.exitCode = 1
  }
  for (const { id } of behaviours.filter(b => read(`src/behaviours/${b.id}/page.md`) === '')) {
    console.error(`src/behaviours/${id}/page.md is missing`)
    process.exitCode = 1
  }
  if (check && stale.length > 0) process.exitCode = 1
}
