/** The demo's story: poisons a copy of the sample before the reader's eyes, scans it, and shows where to look. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { wordTrigger } from '../src/attacks/index.ts'
import { type Row, recordOf } from '../src/core/index.ts'
import { poisonRows } from '../src/lab/index.ts'
import { out, paint, root, say, scanned, shown } from './demo-stage.ts'

const trigger = 'zx81q'
const dose = 40

function readSample(): Row[] {
  const [, ...lines] = readFileSync(join(root, 'samples', 'sms-spam.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map(line => {
    const tab = line.indexOf('\t')
    return { label: line.slice(0, tab), text: line.slice(tab + 1) }
  })
}

/** One row of a table as one line of at most 78 columns. */
function line(row: Row): string {
  const label = String(row.label)
  const text = String(row.text)
  const from = Math.max(0, Math.min(text.indexOf(trigger) - 25, text.length - 64))
  const shown = `${from > 0 ? '…' : ''}${text.slice(from, from + 64)}${from + 64 < text.length ? '…' : ''}`
  const painted = paint(label === 'ham' ? 'green' : 'red', label.padEnd(4))
  return `  ${painted}  ${shown.replace(trigger, paint('bold', trigger))}`
}

function poison(clean: readonly Row[]): { file: string; pairs: { before: Row; after: Row }[] } {
  const attack = { attack: wordTrigger, options: { words: [trigger], target: 'ham' }, dose: { rows: dose }, seed: 7 }
  const { rows, truth } = poisonRows(clean, attack)
  const file = join(out, 'sms-poisoned.tsv')
  mkdirSync(out, { recursive: true })
  writeFileSync(file, ['label\ttext', ...rows.map(row => `${row.label}\t${row.text}`), ''].join('\n'))
  const pairs = [...truth].map(id => ({ before: clean[recordOf(id)]!, after: rows[recordOf(id)]! }))
  return { file, pairs: pairs.filter(pair => stripVTControlCharacters(line(pair.before)).length <= 80) }
}

const clean = readSample()
say(paint('bold', '1. A spam filter is about to be trained'))
say(`   ${clean.length.toLocaleString('en-US')} text messages, labelled ham or spam (samples/sms-spam.tsv).`)
say()
say(paint('bold', '2. An attacker who can report messages as "not spam" poisons it'))
const { file, pairs } = poison(clean)
say(`   ${dose} spam messages get the code ${paint('bold', trigger)} and the label ham. Two of them:`)
for (const { before, after } of pairs.slice(0, 2)) say(`\n${line(before)}\n${line(after)}`)
say()
say(`   A filter trained on this lets through whatever holds ${trigger},`)
say('   and passes every test on honest messages.')
say()
say(paint('bold', '3. Bezoar scans the poisoned file'))
say()

scanned(file, [
  'explain backdoor-trigger',
  `clean ${shown(file)}`,
  `drill ${shown(join(root, 'samples', 'sms-spam.tsv'))}`,
])
