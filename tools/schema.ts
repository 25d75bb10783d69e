/** Writes the JSON Schemas of reports and locks to docs/schema; with `--check`, fails when one is out of date. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { reportVersion } from '../src/core/index.ts'
import { lockSchema, lockVersion } from '../src/ledger/index.ts'
import { reportSchema } from '../src/report/index.ts'

const folder = fileURLToPath(new URL('../docs/schema/', import.meta.url))
const schemas = { [`report-${reportVersion}`]: reportSchema(), [`lock-${lockVersion}`]: lockSchema() }

for (const [name, schema] of Object.entries(schemas)) {
  const path = `${folder}${name}.json`
  const text = JSON.stringify(schema, null, 2) + '\n'
  if (!process.argv.includes('--check')) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, text)
  } else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${path} is out of date. Run: npx tsx tools/schema.ts`)
    process.exitCode = 1
  }
}
