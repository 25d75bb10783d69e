import {
  type Compared,
  compareDependencies,
  compareSubjects,
  isSignedWith,
  predicateTypes,
  readPublicKey,
  readStatement,
  type Statement,
} from '../ledger/index.ts'
import type { AttestFlags } from './attest.ts'
import { lockTarget, smallText } from './lock-target.ts'
import { seen } from './seen.ts'
import { wrapped } from './text.ts'

/** Names of each sort that are printed; the first ones are enough to go and look. */
const mostNamed = 10

/** Compares a statement with a lock; the text for stdout and the exit code: 1 when anything differs. */
export async function checkedStatement(
  path: string,
  file: string,
  flags: AttestFlags,
): Promise<{ readonly text: string; readonly code: number }> {
  const { lock } = lockTarget(path)
  const found = readStatement(await smallText(file), file)
  const subjects = compareSubjects(found.statement, lock)
  const dependencies = compareDependencies(found.statement, lock)
  const signature = await signatureText(found, flags.publicKey)
  const isEqual = [subjects, ...(dependencies ? [dependencies] : [])].every(areEqual) && subjects.equal > 0
  const lines = [
    wrapped(
      `${found.statement.predicateType}${found.known ? '' : ' (its predicate is of a kind that was not checked)'}`,
    ),
    wrapped(saidBy(found.statement)),
    ...comparedLines('Subjects', subjects),
    ...(dependencies ? comparedLines('Dependencies', dependencies) : []),
    wrapped(signature.text),
    isEqual && signature.good ? 'The statement fits the lock.' : 'The statement does not fit the lock.',
    '',
  ]
  return { text: lines.join('\n'), code: isEqual && signature.good ? 0 : 1 }
}

/** What the statement claims, which its reader has to believe or not. */
function saidBy({ predicateType, predicate = {} }: Statement): string {
  const { verificationResult, claims } = predicate
  if (predicateType === predicateTypes.summary) return `It says: ${seen(String(verificationResult))}.`
  if (predicateType !== predicateTypes.scan || !Array.isArray(claims)) return 'It makes no claim that could be counted.'
  const passed = claims.filter(claim => claim !== null && typeof claim === 'object' && claim.passed === true).length
  return `It says: ${passed} of ${claims.length} claims passed.`
}

const areEqual = ({ differing, unknown, missing }: Compared): boolean =>
  differing.length + unknown.length + missing.length === 0

async function signatureText(
  { envelope, wrapped: how }: ReturnType<typeof readStatement>,
  publicKey: string | undefined,
): Promise<{ readonly text: string; readonly good: boolean }> {
  if (publicKey === undefined) {
    const text = how === 'plain' ? 'Not signed.' : 'Signed; the signature was not verified: give --public-key.'
    return { text, good: true }
  }
  if (envelope === null) return { text: 'Not signed, though --public-key asks for it.', good: false }
  const good = isSignedWith(envelope, await readPublicKey(publicKey))
  return { text: good ? 'Signed with the key given.' : 'Not signed with the key given.', good }
}

function comparedLines(what: string, compared: Compared): string[] {
  const { artifacts, equal, differing, unknown, missing } = compared
  const about = artifacts.length === 0 ? 'nothing in the lock' : artifacts.map(seen).join(', ')
  return [
    wrapped(`${what}: ${equal.toLocaleString('en-US')} equal; about ${about}`),
    ...namesLine('another digest in the lock', differing),
    ...namesLine('not in the lock', unknown),
    ...namesLine('in the lock and not in the statement', missing),
  ]
}

function namesLine(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const more = names.length > mostNamed ? ` and ${(names.length - mostNamed).toLocaleString('en-US')} more` : ''
  return [wrapped(`${what}: ${names.slice(0, mostNamed).map(seen).join(', ')}${more}`, '  ! ', '    ')]
}
