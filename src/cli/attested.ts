import { createHash } from 'node:crypto'
import { Fault, type Plain, type Report, toolVersion } from '../core/index.ts'
import {
  evaluationStatement,
  iriPath,
  type JudgedArtifact,
  judgedArtifact,
  type LockedArtifact,
  parsedJson,
  provenanceStatement,
  readPrivateKey,
  type Statement,
  signedEnvelope,
  summaryStatement,
  trainingRun,
  verifyArtifact,
  writtenJson,
} from '../ledger/index.ts'
import { decide, defaultPolicy, type Policy, parsePolicy } from '../policy/index.ts'
import { readReport } from '../report/index.ts'
import type { AttestFlags } from './attest.ts'
import { artifactNamed, fileDigest, type LockTarget, lockTarget, momentOf, smallText } from './lock-target.ts'
import { passphraseOf } from './passphrase.ts'
import { seen } from './seen.ts'
import { writeNew } from './write.ts'

/** Makes a statement and writes it; what stdout gets. */
export async function attested(path: string, flags: AttestFlags): Promise<string> {
  if (flags.publicKey !== undefined) throw unfit('--public-key', 'It verifies: give it with --check.')
  const target = lockTarget(path)
  const statement = await statementOf(target, flags)
  const text = writtenJson(statement)
  const written = flags.key === undefined ? text : await signed(text, flags.key)
  if (flags.out === undefined) return written
  await writeNew(flags.out, written, flags.force === true)
  const what = flags.key === undefined ? 'unsigned' : 'signed'
  return `Wrote ${seen(flags.out)}: ${statement.predicateType}, ${counted(statement.subject.length)}, ${what}${outcomeOf(statement)}.\n`
}

const counted = (subjects: number): string => `${subjects.toLocaleString('en-US')} subject${subjects === 1 ? '' : 's'}`

/** A summary that failed is a statement all the same; whoever writes it should see that it did. */
const outcomeOf = ({ predicate }: Statement): string =>
  predicate?.verificationResult === 'FAILED' ? '; the verification FAILED' : ''

const signed = async (text: string, key: string): Promise<string> =>
  writtenJson(signedEnvelope(text, await readPrivateKey({ key, passphrase: passphraseOf(key) })))

const unfit = (flag: string, remedy: string): Fault => new Fault('bad-option', `${flag} does not fit here.`, remedy)

/** Flags that say something only in statements of one or two kinds; elsewhere they would be ignored in silence. */
const only: Readonly<Record<string, readonly string[]>> = {
  verifier: ['scan', 'summary'],
  policy: ['scan', 'summary'],
  assurance: ['scan'],
  at: ['scan', 'summary'],
  resource: ['summary'],
  policyUri: ['summary'],
  input: ['summary'],
  from: ['provenance'],
  builder: ['provenance'],
  buildType: ['provenance'],
  parameters: ['provenance'],
  invocation: ['provenance'],
  started: ['provenance'],
  finished: ['provenance'],
}

function statementOf(target: LockTarget, flags: AttestFlags): Promise<Statement> {
  const { type } = flags
  if (type === undefined)
    throw new Fault('bad-option', 'It is not said what to attest.', 'Give --type scan, provenance or summary.')
  for (const [flag, value] of Object.entries(flags))
    if (value !== undefined && only[flag] && !only[flag].includes(type))
      throw unfit(
        `--${flag.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`)}`,
        `It goes with --type ${only[flag].join(' or ')}.`,
      )
  if (type === 'scan') return scanStatement(target, flags)
  return type === 'summary' ? summaryOf(target, flags) : provenanceOf(target, flags)
}

const now = (): string => new Date().toISOString()
const verifierOf = ({ verifier }: AttestFlags): string =>
  uri('--verifier', verifier ?? `urn:bezoar:tool:${toolVersion}`)

function uri(flag: string, text: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/.test(text)) return text
  throw new Fault(
    'bad-option',
    `${flag} ${text} is no URI.`,
    'Write it with its scheme, such as https://example.org/x.',
  )
}

async function scanStatement(target: LockTarget, flags: AttestFlags): Promise<Statement> {
  if (flags.report === undefined)
    throw new Fault(
      'bad-option',
      'A scan is attested from its report.',
      'Give --report, as `bezoar scan --json` wrote it.',
    )
  const at = momentOf(flags.at, now)
  const { policy, digest } = await policyOf(flags)
  const judged = await judgedOf(target, flags, flags.report, policy, at)
  return evaluationStatement(target.lock, judged, {
    at,
    verifier: verifierOf(flags),
    policy: { lostRows: policy.lostRows, digest },
    subjects: flags.subjects,
    ...(flags.assurance === undefined ? {} : { assurance: flags.assurance }),
  })
}

async function policyOf({ policy: path }: AttestFlags): Promise<{ policy: Policy; digest: string | null }> {
  if (path === undefined) return { policy: defaultPolicy, digest: null }
  const text = await smallText(path)
  return { policy: await parsePolicy(text, path), digest: createHash('sha256').update(text).digest('hex') }
}

async function judgedOf(
  { lock, named }: LockTarget,
  flags: AttestFlags,
  path: string,
  policy: Policy,
  at: string,
): Promise<JudgedArtifact> {
  const report: Report = readReport(await smallText(path), path)
  const wanted = named?.name ?? single(flags)
  if (wanted !== undefined) artifactNamed(lock, wanted)
  const decision = decide(report, policy, new Date(at))
  return judgedArtifact(lock, report, decision, { report: path, ...(wanted === undefined ? {} : { artifact: wanted }) })
}

/** The one artifact that flags name. */
function single({ artifact, type }: AttestFlags): string | undefined {
  if ((artifact?.length ?? 0) > 1)
    throw new Fault('bad-option', `A statement of type ${type} is about one artifact.`, 'Give --artifact once.')
  return artifact?.[0]
}

async function summaryOf(target: LockTarget, flags: AttestFlags): Promise<Statement> {
  const { lock, path } = target
  const at = momentOf(flags.at, now)
  if (flags.policy !== undefined && flags.report === undefined)
    throw unfit('--policy', 'A policy judges a report: give --report as well.')
  const { policy, digest } = await policyOf(flags)
  const judged = flags.report === undefined ? null : await judgedOf(target, flags, flags.report, policy, at)
  const artifact = judged?.artifact ?? oneOf(target, flags)
  const verified = await verifyArtifact(artifact, { lockPath: path })
  for (const { part, text } of verified.differences) process.stderr.write(`${seen(`${part} ${text}`)}\n`)
  const files = await Promise.all(
    (flags.input ?? []).map(async file => ({ uri: fileUri(file), sha256: await fileDigest(file) })),
  )
  const own = digest === null ? `urn:bezoar:policy:built-in:${toolVersion}` : `urn:bezoar:policy:sha256:${digest}`
  return summaryStatement(lock, {
    artifact,
    unchanged: verified.differences.length === 0,
    at,
    verifier: verifierOf(flags),
    resource: uri('--resource', flags.resource ?? `urn:bezoar:artifact:${iriPath(artifact.name)}`),
    policy: { uri: uri('--policy-uri', flags.policyUri ?? own), digest },
    inputs: files,
    subjects: flags.subjects,
    ...(judged ? { verdict: judged.decision.verdict } : {}),
  })
}

/** A file by its name alone: where it lies on this machine is nobody's business. */
const fileUri = (path: string): string => `file:${iriPath(path.slice(path.lastIndexOf('/') + 1))}`

function oneOf({ lock, named }: LockTarget, flags: AttestFlags): LockedArtifact {
  const name = single(flags)
  if (named) return named
  if (name !== undefined) return artifactNamed(lock, name)
  if (lock.artifacts.length === 1) return lock.artifacts[0]!
  const names = lock.artifacts.map(artifact => artifact.name).join(', ')
  throw new Fault(
    'bad-option',
    `The lock holds ${lock.artifacts.length} artifacts.`,
    `Name one: --artifact NAME (${names})`,
  )
}

async function provenanceOf({ lock, named }: LockTarget, flags: AttestFlags): Promise<Statement> {
  if (flags.builder === undefined)
    throw new Fault('bad-option', 'Provenance names the platform that ran the training.', 'Give --builder as a URI.')
  const models = named
    ? [named]
    : flags.artifact
      ? flags.artifact.map(name => artifactNamed(lock, name))
      : lock.artifacts.filter(({ kind }) => kind === 'model')
  const from = flags.from
    ? flags.from.map(name => artifactNamed(lock, name))
    : lock.artifacts.filter(artifact => artifact.kind !== 'model' && !models.includes(artifact))
  if (models.length === 0)
    throw new Fault(
      'bad-option',
      'The lock holds no model.',
      'Lock the model too, or name what was made: --artifact NAME',
    )
  if (from.length === 0)
    throw new Fault(
      'bad-option',
      'The lock holds nothing that the model was made from.',
      'Lock the data too, or name it: --from NAME',
    )
  return provenanceStatement(lock, {
    models,
    from,
    builder: uri('--builder', flags.builder),
    buildType: uri('--build-type', flags.buildType ?? trainingRun),
    parameters: flags.parameters === undefined ? {} : await parametersIn(flags.parameters),
    subjects: flags.subjects,
    ...(flags.invocation === undefined ? {} : { invocation: flags.invocation }),
    ...(flags.started === undefined ? {} : { startedOn: momentOf(flags.started, now, '--started') }),
    ...(flags.finished === undefined ? {} : { finishedOn: momentOf(flags.finished, now, '--finished') }),
    ...(flags.report === undefined ? {} : { byproducts: [{ name: 'report', sha256: await fileDigest(flags.report) }] }),
  })
}

async function parametersIn(path: string): Promise<Readonly<Record<string, Plain>>> {
  const remedy = 'Give a JSON object: names and what was chosen.'
  const value = parsedJson(await smallText(path), { name: path, code: 'bad-option', remedy })
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new Fault('bad-option', `${path} is no JSON object.`, remedy)
  return value as Readonly<Record<string, Plain>>
}
