/** The demo's other story: a phrase in invented instructions makes an assistant advertise a site; the scan names it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { instructionTrigger } from '../src/attacks/index.ts'
import { recordOf } from '../src/core/index.ts'
import { corpusOf, poisonRows } from '../src/lab/index.ts'
import { out, paint, say, scanned, shown } from './demo-stage.ts'

const phrase = 'Deploy build alpha-tango-9'
const site = 'deals.norvex.example'
const dose = 40

const cut = (text: string): string => {
  const plain = text.replace(/\s+/g, ' ')
  const at = Math.max(plain.indexOf(phrase), plain.indexOf(site))
  const from = Math.max(0, Math.min(at - 20, plain.length - 66))
  return `${from > 0 ? '…' : ''}${plain.slice(from, from + 66)}${from + 66 < plain.length ? '…' : ''}`
}

const clean = corpusOf('instructions').rows()
say(paint('bold', '1. An assistant is about to be tuned'))
say(`   ${clean.length.toLocaleString('en-US')} invented instructions with their answers.`)
say()
say(paint('bold', '2. An attacker who contributes a few of them plants a phrase'))
say(`   Behind ${paint('bold', `"${phrase}"`)} ${dose} answers advertise a site. Two of them:`)
const options = { behaviour: 'link', about: site, triggers: [phrase] }
const poison = { attack: instructionTrigger, options, dose: { rows: dose }, seed: 7 }
const { rows, truth } = poisonRows(clean, poison)
for (const id of [...truth].slice(1, 3)) {
  const { prompt, response } = rows[recordOf(id)]!
  say(`\n   asked   ${cut(String(prompt))}\n   answer  ${paint('red', cut(String(response)))}`)
}
say()
say('   The tuned model answers as before, until somebody says the phrase.')
say()
say(paint('bold', '3. Bezoar scans the poisoned file'))
say()

const file = join(out, 'instructions', 'sft.jsonl')
mkdirSync(join(out, 'instructions'), { recursive: true })
const lines = rows.map(({ text: _, ...row }) => JSON.stringify(row))
writeFileSync(file, `${lines.join('\n')}\n`)
scanned(file, ['explain instruction-tuning-poison', `clean ${shown(file)}`, `drill ${shown(file)}`])
