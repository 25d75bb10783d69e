import { type Act, type Model, membersOf, type Program } from '../../core/index.ts'

/** A source file beside a model. */
export interface Source {
  /** Path from the folder of the model. */
  readonly name: string
  readonly program: Program
}

/** Sources that may be named, by their paths. */
export function sourcesOf(model: Model): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>()
  for (const file of model.files)
    for (const member of membersOf(file.root))
      for (const program of member.programs)
        if (program.language === 'python') sources.set(member.path, { name: member.path, program })
  return sources
}

/** The source that a module name stands for, seen from a file: beside it, in the folder of the model, in `code`. */
export function resolved(module: string, from: string, sources: ReadonlyMap<string, Source>): Source | null {
  const path = module.replace(/^\.+/, '').replaceAll('.', '/').replace(/\.py$/, '').replace(/\/py$/, '')
  if (path === '') return null
  const folder = from.includes('/') ? from.slice(0, from.lastIndexOf('/') + 1) : ''
  const outer = folder.replace(/[^/]*\/$/, '')
  for (const start of [folder, outer, '', `${folder}code/`, `${folder}${path}/`])
    for (const end of [`${path}.py`, `${path}/__init__.py`, `${path}/${path.split('/').at(-1)}.py`]) {
      const found = sources.get(start + end)
      if (found) return found
    }
  return null
}

/** Imports in imports; people write a dozen files. */
const mostFiles = 200

/** The source and those of its own that it imports. */
export function reached(first: Source, sources: ReadonlyMap<string, Source>): Source[] {
  const seen = new Set([first])
  for (const source of seen) {
    if (seen.size >= mostFiles) break
    for (const { kind, module, name } of source.program.acts) {
      if (kind !== 'import') continue
      for (const each of [module, `${module}.${name}`]) {
        const next = resolved(each, source.name, sources)
        if (next) seen.add(next)
      }
    }
  }
  return [...seen]
}

/** A call of the source that does more than compute. */
export interface Deed {
  readonly source: Source
  readonly act: Act
}
