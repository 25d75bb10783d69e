import { basename, dirname } from 'node:path'
import { Fault } from '../core/index.ts'
import {
  type About,
  croissantOf,
  cyclonedxBill,
  iriPath,
  type JudgedArtifact,
  judgedArtifact,
  type LockedArtifact,
  type Pointer,
  unstatedFacts,
  writtenJson,
} from '../ledger/index.ts'
import { decide, defaultPolicy, parsePolicy } from '../policy/index.ts'
import { readReport } from '../report/index.ts'
import type { BomFlags } from './bom.ts'
import { artifactNamed, fileDigest, type LockTarget, lockTarget, momentOf, smallText } from './lock-target.ts'
import { seen } from './seen.ts'
import { writeNew } from './write.ts'

/** Makes a bill and writes it; what stdout gets. */
export async function billed(path: string, flags: BomFlags): Promise<string> {
  refuseUnfit(flags)
  const target = lockTarget(path)
  const text = writtenJson(
    flags.format === 'croissant' ? await croissant(target, flags) : await cyclonedx(target, flags),
  )
  if (flags.out === undefined) return text
  await writeNew(flags.out, text, flags.force === true)
  return `Wrote ${seen(flags.out)}\n`
}

/** Flags that would be ignored in silence are refused. */
function refuseUnfit(flags: BomFlags): void {
  const others = {
    croissant: { name: flags.name, from: flags.from, attestation: flags.attestation },
    cyclonedx: { base: flags.base, published: flags.published },
  }[flags.format]
  const unfit = Object.entries({ ...others, folder: flags.folder }).find(([, value]) => value !== undefined)?.[0]
  if (unfit === undefined && (flags.policy === undefined || flags.report !== undefined)) return
  const flag = unfit ?? 'policy'
  const remedy = flag === 'policy' ? 'A policy judges reports: give --report as well.' : 'See: bezoar bom --help'
  throw new Fault('bad-option', `--${flag} does not fit here.`, remedy)
}

const aboutOf = (flags: BomFlags): About => ({
  ...(flags.license === undefined ? {} : { license: flags.license }),
  ...(flags.description === undefined ? {} : { description: flags.description }),
  ...(flags.url === undefined ? {} : { url: addressOf('--url', flags.url) }),
  ...(flags.creator === undefined ? {} : { creator: flags.creator }),
  ...(flags.dataVersion === undefined ? {} : { version: flags.dataVersion }),
  ...(flags.published === undefined
    ? {}
    : { published: momentOf(flags.published, () => '', '--published').slice(0, 10) }),
})

function addressOf(flag: string, text: string): string {
  if (/^https?:\/\/[^\s<>"{}|\\^`]+$/.test(text)) return text
  throw new Fault('bad-option', `${flag} ${text} is no address.`, 'Write it as https://example.org/data.')
}

/** The bill says what the lock says, so it bears the lock's time: the same lock gives the same bytes on any day. */
const timeOf = ({ lock }: LockTarget, flags: BomFlags): string => momentOf(flags.at, () => lock.history.at(-1)!.at)

function chosenFrom({ lock, named }: LockTarget, { artifact }: BomFlags): readonly LockedArtifact[] {
  if (artifact === undefined) return named ? [named] : lock.artifacts
  const wanted = new Set(artifact.map(name => artifactNamed(lock, name)))
  return lock.artifacts.filter(one => wanted.has(one))
}

async function cyclonedx(target: LockTarget, flags: BomFlags) {
  const { lock, path } = target
  const artifacts = chosenFrom(target, flags)
  const reports = await judgedBy(target, artifacts, flags)
  const pointers = await Promise.all([
    ...(flags.attestation ?? []).map(file => pointerTo(file, 'attestation', artifacts)),
    ...reports.map(({ file, judged }) => pointerTo(file, 'evidence', [judged.artifact])),
  ])
  return cyclonedxBill(lock, {
    at: timeOf(target, flags),
    name: flags.name ?? basename(dirname(path)),
    artifacts,
    reports: reports.map(({ judged }) => judged),
    pointers,
    about: aboutOf(flags),
    ...(flags.from ? { trainedOn: flags.from.map(name => listed(artifactNamed(lock, name), artifacts)) } : {}),
  })
}

function listed(artifact: LockedArtifact, artifacts: readonly LockedArtifact[]): LockedArtifact {
  if (artifacts.includes(artifact)) return artifact
  throw new Fault('bad-option', `"${artifact.name}" is not listed in this bill.`, `Add it: --artifact ${artifact.name}`)
}

interface Reported {
  readonly file: string
  readonly judged: JudgedArtifact
}

async function judgedBy(
  target: LockTarget,
  artifacts: readonly LockedArtifact[],
  flags: BomFlags,
): Promise<Reported[]> {
  const policy =
    flags.policy === undefined ? defaultPolicy : await parsePolicy(await smallText(flags.policy), flags.policy)
  const found: Reported[] = []
  for (const file of flags.report ?? []) {
    const report = readReport(await smallText(file), file)
    const decision = decide(report, policy, new Date(timeOf(target, flags)))
    const only = artifacts.length === 1 ? { artifact: artifacts[0]!.name } : {}
    found.push({
      file,
      judged: judgedArtifact({ ...target.lock, artifacts: [...artifacts] }, report, decision, {
        report: file,
        ...only,
      }),
    })
  }
  return found
}

async function pointerTo(file: string, type: Pointer['type'], about: readonly LockedArtifact[]): Promise<Pointer> {
  const [only] = about
  const url = iriPath(basename(file))
  return { type, url, sha256: await fileDigest(file), ...(about.length === 1 && only ? { artifact: only.name } : {}) }
}

async function croissant(target: LockTarget, flags: BomFlags) {
  const data = chosenFrom(target, flags).filter(({ kind }) => kind !== 'model')
  if (data.length !== 1) {
    const names = data.map(({ name }) => name).join(', ')
    const why = data.length === 0 ? 'There is no data in what is listed' : `There are ${data.length} datasets`
    const remedy =
      data.length === 0 ? 'Models are listed with --format cyclonedx.' : `Name one: --artifact NAME (${names})`
    throw new Fault('bad-option', `${why}; a Croissant document describes one.`, remedy)
  }
  const [artifact] = data
  const about = aboutOf(flags)
  const unstated = unstatedFacts(artifact!, about)
  if (unstated.length > 0 && !flags.quiet)
    process.stderr.write(`Croissant demands what a lock cannot know: ${unstated.map(fact => `--${fact}`).join(', ')}\n`)
  const reports = await judgedBy(target, data, flags)
  return croissantOf(artifact!, {
    at: timeOf(target, flags),
    about,
    reports: reports.map(({ judged }) => judged),
    ...(flags.base === undefined ? {} : { base: addressOf('--base', flags.base) }),
  })
}
