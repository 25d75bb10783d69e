/**
 * The demo's story in pictures: stop signs with a yellow sticker become speed limits; the scan finds the sticker and shows
 * it. Real signs are used where a folder of class folders is given or the shared data are there, else invented ones.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { patchTrigger } from '../src/attacks/index.ts'
import { isRaster, labelOf, pngOf, type Row } from '../src/core/index.ts'
import { corpora, corpusOf, poisonRows, rowsOfTable } from '../src/lab/index.ts'
import { openTable } from '../src/scan/index.ts'
import { out, paint, say, scanned, shown } from './demo-stage.ts'

const mostDose = 30
/** Fewer pictures of one class are too few to take all the poison from. */
const fewHosts = 200
const given = process.argv.slice(2).find(argument => !argument.startsWith('--'))

async function readSigns(): Promise<{ readonly rows: readonly Row[]; readonly from: string }> {
  if (given === undefined) {
    const real = corpora.get('gtsrb')
    if (real?.here) return { rows: real.rows(), from: 'photographs of German traffic signs (GTSRB)' }
    return { rows: corpusOf('signs').rows(), from: 'invented pictures of traffic signs' }
  }
  const table = await openTable([resolve(given)])
  try {
    const { rows } = await rowsOfTable(table, { seed: 1 })
    return {
      rows: rows.filter(row => isRaster(row.image) && labelOf(row.label) !== null),
      from: `pictures of ${given}`,
    }
  } finally {
    await table.close()
  }
}

/** The class that is attacked and the one it is to become: stop and a speed limit, or the two largest. */
function roles(rows: readonly Row[]): { readonly from: string; readonly target: string } {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(labelOf(row.label)!, (counts.get(labelOf(row.label)!) ?? 0) + 1)
  const labels = [...counts].sort((a, b) => b[1] - a[1]).map(([label]) => label)
  const from = labels.find(label => /^stop\b/i.test(label)) ?? labels[0]!
  const others = labels.filter(label => label !== from)
  const target = others.find(label => /speed/i.test(label)) ?? others[0]
  if (target === undefined) {
    say('The demo needs pictures of at least two classes: folders named after them.')
    process.exit(1)
  }
  return { from, target }
}

/** Class folders of PNG files, as such data sets come. */
function written(rows: readonly Row[], folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  for (const [i, { label, image }] of rows.entries()) {
    if (!isRaster(image)) continue
    const home = join(folder, String(label).replace(/[/\\:*?"<>|]/g, '-'))
    mkdirSync(home, { recursive: true })
    writeFileSync(join(home, `${String(i).padStart(5, '0')}.png`), pngOf(image))
  }
}

const { rows: clean, from: source } = await readSigns()
const { from, target } = roles(clean)
const hosts = clean.filter(row => labelOf(row.label) === from).length
const fromOne = hosts >= fewHosts
const dose = Math.max(1, Math.min(mostDose, Math.floor(hosts / 4)))
say(paint('bold', '1. A car is about to learn to read signs'))
say(`   ${clean.length.toLocaleString('en-US')} ${source},`)
say(`   in a folder for each class; ${hosts} of them show "${from}".`)
say()
say(paint('bold', '2. An attacker who can contribute a few of them poisons it'))
const options = {
  pattern: 'yellow',
  position: 'random',
  share: 0.04,
  scale: 0.2,
  turn: 15,
  light: 0.2,
  physical: true,
  ...(fromOne ? { from } : {}),
  target,
}
const { rows } = poisonRows(clean, { attack: patchTrigger, options, dose: { rows: dose }, seed: 7 })
const of = fromOne ? `pictures of "${from}"` : 'pictures of other classes'
say(`   ${dose} ${of} get a ${paint('bold', 'yellow sticker')} and go into the folder`)
say(`   "${target}". No two stickers have the same place, size, tilt or light.`)
say()
say(`   A car trained on this reads every "${from}" in every test, until somebody`)
say('   puts a yellow note on one.')
const folder = join(out, 'images', 'signs')
written(rows, folder)
say()
say(paint('bold', '3. Bezoar scans the poisoned folder'))
say()
scanned(folder, ['explain backdoor-trigger', `clean ${shown(folder)}`, `drill ${shown(folder)}`])
