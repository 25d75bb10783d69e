import { basename } from 'node:path'
import { rangeOf } from '../file-range.ts'
import { namedInGguf } from './gguf.ts'
import { jsonGroups } from './json.ts'
import { namedInDockerfile, namedInProject, namedInRequirements } from './lines.ts'
import type { Groups, Named, Reference } from './reference.ts'
import { namedInSettings } from './settings.ts'
import { yamlGroups } from './yaml.ts'

export type { Reference, ReferenceUse } from './reference.ts'

/** A file that may name something outside of its artifact. */
export interface ReferringFile {
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
  /** True when a table was read from it: what its rows say is no setting, unless it is called as settings are. */
  readonly isData?: boolean
}

/** What the files of an artifact name outside of it. */
export interface References {
  readonly references: readonly Reference[]
  /** Sentences: files that could not be read to their end. */
  readonly notRead: readonly string[]
}

/** Settings, cards and requirement lists of people are kilobytes; larger JSON is data. */
const mostBytes = 4 << 20
/** Files that are read: a repository of models has tens of them. */
const mostFiles = 2000
const mostReferences = 20_000
/** Metadata of GGUF that stand before the vocabulary. */
const ggufBytes = 1 << 20

type Reader = (text: string, name: string) => Promise<{ readonly named: readonly Named[]; readonly whole: boolean }>

const settings =
  (groupsOf: (text: string) => Groups | Promise<Groups>): Reader =>
  async (text, name) => {
    const { groups, whole } = await groupsOf(text)
    return { named: namedInSettings(groups, name), whole }
  }
const lines =
  (namedIn: (text: string) => readonly Named[]): Reader =>
  async text => ({ named: namedIn(text), whole: true })

/** The YAML in front of a card. */
const card: Reader = async (text, name) => {
  const front = /^(?:\uFEFF)?---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1]
  if (front === undefined) return { named: [], whole: true }
  const { groups, whole } = await yamlGroups(front, 2)
  return { named: namedInSettings(groups, name), whole }
}

/** Readers by the names that programs look for: what is called otherwise is read by none of them. */
const readers: readonly (readonly [RegExp, Reader])[] = [
  [/\.(?:json|jsonld|ipynb)$/i, settings(jsonGroups)],
  [/^(?:dvc\.lock|MLmodel)$|\.(?:ya?ml|dvc)$/i, settings(text => yamlGroups(text))],
  [/^readme[\w.-]*\.md$/i, card],
  [/^(?:[\w.-]*requirements[\w.-]*|constraints[\w.-]*)\.(?:txt|in)$/i, lines(namedInRequirements)],
  [/^(?:pyproject\.toml|uv\.toml|pipfile|setup\.(?:cfg|py))$/i, lines(namedInProject)],
  [/^(?:dockerfile|containerfile)(?:\.[\w-]+)?$|\.dockerfile$/i, lines(namedInDockerfile)],
]

/** Larger JSON is a table or a vocabulary, but what loaders take for settings, they read however large it is. */
const isSettings = /config|modules|index|croissant|\.(?!json)\w+$|^[^.]+$/i

/** Reads the small text files of known kinds and lists what they name outside of the artifact. Nothing is fetched. */
export async function referencesOf(files: readonly ReferringFile[]): Promise<References> {
  const references: Reference[] = []
  const notRead: string[] = []
  const able = files.flatMap(file => {
    if (file.isData && !isSettings.test(basename(file.name))) return []
    const reader = /\.gguf$/i.test(file.name) ? null : readers.find(([name]) => name.test(basename(file.name)))?.[1]
    return reader === undefined ? [] : [{ file, reader }]
  })
  for (const { file, reader } of able.slice(0, mostFiles)) {
    if (references.length >= mostReferences) break
    const { named, trouble } = await namedIn(file, reader)
    references.push(...named.map(one => ({ file: file.name, ...one })))
    if (trouble !== null) notRead.push(`References in ${file.name}: ${trouble}.`)
  }
  if (able.length > mostFiles)
    notRead.push(`References in ${able.length - mostFiles} further files were not looked for.`)
  return { references: references.slice(0, mostReferences), notRead }
}

async function namedIn(
  file: ReferringFile,
  reader: Reader | null,
): Promise<{ readonly named: readonly Named[]; readonly trouble: string | null }> {
  try {
    if (reader === null)
      return { named: namedInGguf(rangeOf(file.path, 0, Math.min(file.sizeBytes, ggufBytes))), trouble: null }
    if (file.sizeBytes > mostBytes)
      return { named: [], trouble: isSettings.test(basename(file.name)) ? 'it is larger than settings are' : null }
    const { named, whole } = await reader(rangeOf(file.path, 0, file.sizeBytes).toString('utf8'), file.name)
    return { named, trouble: whole ? null : 'not all of it could be read' }
  } catch (reason) {
    return { named: [], trouble: reason instanceof Error ? reason.message : String(reason) }
  }
}
