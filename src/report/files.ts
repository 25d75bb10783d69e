import type { ExaminedFile, Report } from '../core/index.ts'
import { keyOf, standingOf } from './clusters.ts'
import { counted, numberText, sizeText } from './lines.ts'
import type { Judged } from './verdict.ts'

/** Names of files in a few words. */
export const fewNames = (names: readonly string[], most: number): string =>
  names.slice(0, most).join(', ') + (names.length > most ? ` and ${names.length - most} more` : '')

/** A file of a model, with what the policy made of the findings in it. */
export interface FileVerdict {
  readonly file: ExaminedFile
  readonly verdict: 'block' | 'hold' | 'info' | 'clean'
  /** Findings in it that are not waived. */
  readonly own: readonly Judged[]
  readonly unread: number
}

const gravity = ['block', 'hold', 'info', 'clean']

/** The files of a model, those first that need a look. */
export function fileVerdicts(report: Pick<Report, 'files'>, judged: readonly Judged[]): FileVerdict[] {
  const byFile = new Map<string, Judged[]>()
  for (const one of judged) {
    const file = standingOf(one.finding.evidence)?.file
    if (file === undefined || one.waived) continue
    byFile.set(file, [...(byFile.get(file) ?? []), one])
  }
  return (report.files ?? [])
    .map((file): FileVerdict => {
      const own = byFile.get(file.name) ?? []
      const unread =
        file.bytes.reduce((sum, { start, end, read }) => sum + (read ? 0 : end - start), 0) +
        file.members.reduce((sum, member) => sum + member.unread, 0)
      const found = gravity.find(word => own.some(one => one.severity === word)) as FileVerdict['verdict'] | undefined
      const verdict = found ?? (unread > 0 ? 'hold' : 'clean')
      return { file, verdict, own, unread }
    })
    .sort((a, b) => gravity.indexOf(a.verdict) - gravity.indexOf(b.verdict))
}

/** Files of which something is said that is not said of one before. */
export function unlikeFiles(all: readonly FileVerdict[]): FileVerdict[] {
  const seen = new Set<string>()
  return all.filter(({ own }) => {
    const fresh = own.map(keyOf).filter(key => !seen.has(key))
    for (const key of fresh) seen.add(key)
    return fresh.length > 0 || own.length === 0
  })
}

/** True when a loader would run a pickle of this file. */
const isPickled = (file: ExaminedFile): boolean =>
  file.format === 'pickle' || file.members.some(member => member.format === 'pickle')

/** True for checkpoints: a pickle that names the numbers beside it. */
const isCheckpoint = (file: ExaminedFile): boolean =>
  file.members.some(member => member.format === 'pickle' && member.path.endsWith('/data.pkl'))

/** What to do about a file of a model, in one line; null when there is nothing to do. */
export function remedyOf({ file, verdict, own }: FileVerdict, all: readonly FileVerdict[]): string | null {
  const given = own.map(({ finding }) => ('remedy' in finding.evidence ? finding.evidence.remedy : undefined))
  const twin = isPickled(file) ? twinOf(file, all) : undefined
  if (twin) return `A safetensors twin exists: load ${twin} instead.`
  if (verdict === 'block' || verdict === 'hold') return given.find(text => text !== undefined) ?? null
  return isCheckpoint(file) ? `Loading it runs a program. Convert it: bezoar convert ${file.name}` : null
}

/** A safetensors file beside a pickled one, when nothing speaks against it. */
function twinOf(file: ExaminedFile, all: readonly FileVerdict[]): string | undefined {
  const folder = file.name.slice(0, file.name.lastIndexOf('/') + 1)
  const twin = all.find(
    other =>
      other.file.format === 'safetensors' &&
      (other.verdict === 'clean' || other.verdict === 'info') &&
      other.file.name.startsWith(folder) &&
      !other.file.name.slice(folder.length).includes('/'),
  )
  return twin?.file.name
}

/** What was read of a model, for the section on what was looked at. */
export function modelSeenText({ files = [], coverage }: Report): string {
  const members = files.reduce((sum, file) => sum + file.members.length + file.furtherMembers, 0)
  const unread = fileVerdicts({ files }, []).reduce((sum, file) => sum + file.unread, 0)
  const inside = members > 0 ? `, ${counted(members, 'member')} inside` : ''
  const rest = unread > 0 ? `${numberText(unread)} bytes unread` : 'every byte accounted for'
  return `${counted(files.length, 'file')}${inside}, ${sizeText(coverage.bytes)}, ${rest}`
}
