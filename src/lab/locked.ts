import { createHash } from 'node:crypto'
import { type AnyModelAttack, type Finding, judgesTables, type ModelBytes, seeded, tableOfRows } from '../core/index.ts'
import { detectors } from '../detectors/index.ts'
import { judgeTable } from './judged.ts'

/** What a lock of some files says of the same files later, all in memory. */
export interface LockTrial {
  readonly findings: readonly Finding[]
  /** True when the digest that a signature of the OpenSSF format is about is the same: it binds no names. */
  readonly sameRoot: boolean
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** Compares files with those that were locked, as `bezoar scan` does beside a lock. */
export async function lockTrial(locked: ModelBytes, now: ModelBytes): Promise<LockTrial> {
  const names = [...new Set([...Object.keys(locked), ...Object.keys(now)])].sort()
  const digestIn = (files: ModelBytes, name: string) => (files[name] ? sha256(files[name]).toString('hex') : null)
  const rows = names.map(item => ({ item, digest: digestIn(locked, item), observed: digestIn(now, item) }))
  const { accusations } = await judgeTable(
    tableOfRows('files', rows),
    detectors.filter(judgesTables).filter(({ id }) => id === 'digest-mismatch'),
  )
  return { findings: accusations.map(({ finding }) => finding), sameRoot: rootOf(locked).equals(rootOf(now)) }
}

/** SHA-256 over the digests of the files in the order of their names (OpenSSF Model Signing, section on the subject). */
function rootOf(files: ModelBytes): Buffer {
  const names = Object.keys(files).sort()
  return sha256(Buffer.concat(names.map(name => sha256(files[name]!))))
}

/** An attack on the files of an artifact, with options, under the name that a result shows. */
export interface FileAttack {
  readonly attack: AnyModelAttack
  readonly options?: Readonly<Record<string, unknown>>
  readonly name?: string
}

/** How an attack on files fared against a lock of them. */
export interface DrilledFiles {
  readonly name: string
  readonly attack: string
  readonly title: string
  readonly threat: string
  /** The file that was changed or added. */
  readonly file: string
  /** True when a finding names it. */
  readonly caught: boolean
  readonly sameRoot: boolean
  /** One sentence for a person. */
  readonly sentence: string
}

/** Corrupts copies of files with each attack and compares them with a lock of the honest ones; null results are left out. */
export async function drillFiles(
  files: ModelBytes,
  attacks: readonly FileAttack[],
  seed: number,
): Promise<readonly DrilledFiles[]> {
  const drilled: DrilledFiles[] = []
  for (const { attack, options = {}, name = attack.id } of attacks) {
    const poisoned = attack.corrupt(attack.options.parse(options), files, seeded(seed))
    if (!poisoned) continue
    const { findings, sameRoot } = await lockTrial(files, poisoned.files)
    const said = JSON.stringify(findings)
    const caught = findings.some(f => f.severity === 'block') && poisoned.names.some(each => said.includes(each))
    const { file } = poisoned
    const { id, title, threat } = attack
    const about = { name, attack: id, title, threat, file, caught, sameRoot }
    drilled.push({ ...about, sentence: sentenceOf(about) })
  }
  return drilled
}

function sentenceOf({ name, file, caught, sameRoot }: Omit<DrilledFiles, 'sentence'>): string {
  if (!caught) return `On these files, ${name} of ${file} is missed, also with a lock.`
  const root = sameRoot ? ' The root digest of a model signature alone would miss it: it binds no names.' : ''
  return `On these files, ${name} of ${file} is caught when a lock is kept (bezoar lock).${root}`
}
