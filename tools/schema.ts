/** Writes the JSON Schema of reports to docs/schema; with `--check`, fails when the committed one is out of date. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { reportVersion } from '../src/core/index.ts'
import { reportSchema } from '../src/report/index.ts'

const folder = fileURLToPath(new URL('../docs/schema/', import.meta.url))
const path = `${folder}report-${reportVersion}.json`
const text = JSON.stringify(reportSchema(), null, 2) + '\n'

if (!process.argv.includes('--check')) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, text)
} else if (readFileSync(path, 'utf8') !== text) {
  console.error(`${path} is out of date. Run: npx tsx tools/schema.ts`)
  process.exitCode = 1
}
