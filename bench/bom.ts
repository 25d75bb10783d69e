/**
 * Are bills of materials valid, and do their hashes equal the lock? Fifty invented projects: every kind of artifact,
 * names in many scripts, empty and large ones, findings of all severities. CycloneDX is held against the official
 * schema, Croissant against what version 1.1 demands and, when BEZOAR_PYTHON names a Python with `mlcroissant`,
 * against the reference validator.
 * Usage: npx tsx bench/bom.ts [--projects 50]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  croissantOf,
  cyclonedxBill,
  type JudgedArtifact,
  judgedArtifact,
  type Lock,
  writtenJson,
} from '../src/ledger/index.ts'
import { decide, defaultPolicy } from '../src/policy/index.ts'
import { croissantErrors, cyclonedxErrors, hashesOfBill } from '../test/bill-schemas.ts'
import { projectOf } from '../test/bills.ts'

const { values } = parseArgs({ options: { projects: { type: 'string', default: '50' } } })
const count = Number(values.projects)
const at = '2026-11-21T12:00:00Z'
const about = { license: 'CC-BY-4.0', description: 'Invented.', url: 'https://example.org/d', creator: 'Nobody' }
const folder = mkdtempSync(join(tmpdir(), 'bezoar-bom-'))
const began = performance.now()

const sums = { artifacts: 0, parts: 0, findings: 0, hashes: 0, documents: 0, listed: 0 }
const errors: Record<'cyclonedx' | 'croissant' | 'hashes' | 'bytes', string[]> = {
  cyclonedx: [],
  croissant: [],
  hashes: [],
  bytes: [],
}
const objections = { cyclonedx: cyclonedxErrors(), croissant: croissantErrors() }

function judgedIn({ lock, reports }: ReturnType<typeof projectOf>): JudgedArtifact[] {
  return reports.map(report => {
    const wanted = { report: report.artifact.name, artifact: report.artifact.name }
    return judgedArtifact(lock, report, decide(report, defaultPolicy, new Date(at)), wanted)
  })
}

function billOf(lock: Lock, reports: readonly JudgedArtifact[], seed: number): void {
  const options = { at, name: `project ${seed}`, reports, about }
  const bill = cyclonedxBill(lock, options)
  const text = writtenJson(bill)
  if (writtenJson(cyclonedxBill(structuredClone(lock), { ...options, reports })) === text) sums.documents++
  else errors.bytes.push(`project ${seed}: two bills differ`)
  errors.cyclonedx.push(...objections.cyclonedx(JSON.parse(text)).map(e => `project ${seed}: ${e}`))
  const { count: hashes, wrong } = hashesOfBill(JSON.parse(text), lock)
  sums.hashes += hashes
  errors.hashes.push(...wrong.map(w => `project ${seed}: ${w}`))
  sums.findings += bill.vulnerabilities?.length ?? 0
}

function croissantsOf(lock: Lock, reports: readonly JudgedArtifact[], seed: number): void {
  for (const [nth, artifact] of lock.artifacts.entries()) {
    const document = croissantOf(artifact, { at, reports, ...(nth % 2 === 0 ? { about } : {}) })
    const text = writtenJson(document)
    sums.documents++
    errors.croissant.push(...objections.croissant(JSON.parse(text)).map(e => `project ${seed}: ${e}`))
    const listed = document.distribution.flatMap(node => ('sha256' in node ? [node.sha256] : []))
    sums.listed += listed.length
    if (listed.join() !== artifact.parts.map(part => part.sha256).join())
      errors.hashes.push(`project ${seed}: Croissant`)
    // The reference validator takes minutes for thousands of files.
    if (artifact.parts.length <= 200) writeFileSync(join(folder, `${seed}-${nth}.json`), text)
  }
}

for (let seed = 0; seed < count; seed++) {
  const project = projectOf(seed)
  const reports = judgedIn(project)
  sums.artifacts += project.lock.artifacts.length
  sums.parts += project.lock.artifacts.reduce((sum, artifact) => sum + artifact.parts.length, 0)
  billOf(project.lock, reports, seed)
  croissantsOf(project.lock, reports, seed)
}
const show = (list: readonly string[]) =>
  list.length === 0 ? '0' : `${list.length}, e.g. ${list.slice(0, 3).join('; ')}`
const seconds = ((performance.now() - began) / 1000).toFixed(1)
console.log(
  `${count} projects: ${sums.artifacts} artifacts, ${sums.parts} files, ${sums.findings} findings; ${seconds} s`,
)
console.log(`CycloneDX 1.7, official schema: errors ${show(errors.cyclonedx)}`)
console.log(`Croissant 1.1, what it demands: errors ${show(errors.croissant)}`)
console.log(
  `hashes that differ from the lock: ${show(errors.hashes)} (of ${sums.hashes} in bills, ${sums.listed} in Croissant)`,
)
console.log(`documents that are other bytes the second time: ${show(errors.bytes)}`)
const failed = referenceFailures()
rmSync(folder, { recursive: true, force: true })
process.exitCode = Object.values(errors).some(list => list.length > 0) || failed > 0 ? 1 : 0

/** How many documents the reference validator refuses; 0 when it is not there, which is said. */
function referenceFailures(): number {
  const python = process.env.BEZOAR_PYTHON
  if (!python) {
    console.log('mlcroissant: skipped, BEZOAR_PYTHON names no Python that has it')
    return 0
  }
  const code = `
import glob, sys, logging
from importlib.metadata import version
import mlcroissant as mlc
logging.disable(logging.CRITICAL)
files = sorted(glob.glob(sys.argv[1] + '/*.json'))
bad = []
for f in files:
    try:
        mlc.Dataset(f)
    except BaseException as e:
        bad.append(f"{f}: {str(e)[:200]}")
print(f"mlcroissant {version('mlcroissant')}: {len(files)} documents, {len(bad)} refused")
for b in bad[:3]: print("  " + b)
sys.exit(1 if bad else 0)
`
  const { status, stdout, stderr } = spawnSync(python, ['-c', code, folder], { encoding: 'utf8', maxBuffer: 1 << 26 })
  console.log(stdout.trim() || `mlcroissant could not run: ${stderr.trim().split('\n').at(-1)}`)
  return status === 0 ? 0 : 1
}
