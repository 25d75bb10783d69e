import { createRequire } from 'node:module'
import type { NapiConfig, SgNode } from '@ast-grep/napi'
import type { CodeLanguage } from '../core/index.ts'

/** A syntax tree, with its root. */
export type Tree = SgNode
/** What a node must look like, in the words of ast-grep's rules. */
export type Pattern = NapiConfig

type Napi = typeof import('@ast-grep/napi')

const packages: Readonly<Partial<Record<CodeLanguage, string>>> = {
  python: '@ast-grep/lang-python',
  java: '@ast-grep/lang-java',
  go: '@ast-grep/lang-go',
  php: '@ast-grep/lang-php',
  cpp: '@ast-grep/lang-cpp',
  csharp: '@ast-grep/lang-csharp',
  ruby: '@ast-grep/lang-ruby',
}

/** Grammars that could be loaded; null when the parser itself is absent. */
interface Loaded {
  readonly napi: Napi
  readonly languages: ReadonlyMap<CodeLanguage, string>
}

let loaded: Loaded | null | undefined

function load(): Loaded | null {
  const require = createRequire(import.meta.url)
  try {
    const napi = require('@ast-grep/napi') as Napi
    const dynamic: Parameters<Napi['registerDynamicLanguage']>[0] = {}
    const languages = new Map<CodeLanguage, string>([
      ['javascript', 'Tsx'],
      ['typescript', 'TypeScript'],
    ])
    for (const [language, name] of Object.entries(packages) as [CodeLanguage, string][]) {
      try {
        const grammar = require(name)
        // The path is read here: a package without a parser for this machine fails now, and only itself.
        if (typeof grammar.libraryPath !== 'string') continue
        dynamic[language] = grammar
        languages.set(language, language)
      } catch {}
    }
    napi.registerDynamicLanguage(dynamic)
    return { napi, languages }
  } catch {
    return null
  }
}

/** The tree of some code; null when the parser or the grammar is not installed. */
export function treeOf(code: string, language: CodeLanguage): Tree | null {
  if (loaded === undefined) loaded = load()
  const name = loaded?.languages.get(language)
  return name === undefined ? null : loaded!.napi.parse(name, code).root()
}
