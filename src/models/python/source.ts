import type { Act } from '../../core/index.ts'

const mostActs = 2000
/** Strings and comments, which say nothing about what is called; single-line ones end with their line. */
const quiet = /'''[\s\S]*?(?:'''|$)|"""[\s\S]*?(?:"""|$)|'(?:[^'\\\n]|\\[\s\S])*'?|"(?:[^"\\\n]|\\[\s\S])*"?|#[^\n]*/g
const importing = /^[ \t]*import[ \t]+([^\n;]+)/gm
const taking = /^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n;]+)/gm
const calling = /(?<![\w.])([A-Za-z_][\w]*(?:[ \t]*\.[ \t]*[A-Za-z_]\w*)*)[ \t]*\(/g
const builtins = new Set(['eval', 'exec', 'compile', '__import__', 'open', 'getattr', 'globals', 'input', 'breakpoint'])
const keywords = new Set(['def', 'class', 'if', 'while', 'for', 'return', 'in', 'and', 'or', 'not', 'elif', 'lambda'])

/** What a Python source imports, and what it calls of that, by name; read as text, not understood. */
export function sourceActs(source: string): { acts: Act[] } {
  // As long as the source, so that places stay.
  const code = source.replace(quiet, text => text.replace(/[^\n]/g, ' '))
  const known = new Map<string, string>()
  const acts = new Map<string, Act>()
  const add = (kind: 'import' | 'call', module: string, name: string, offset: number) => {
    const key = `${kind} ${module} ${name}`
    const before = acts.get(key)
    if (before) acts.set(key, { ...before, count: before.count + 1 })
    else if (acts.size < mostActs) acts.set(key, { kind, module, name, args: [], offset, count: 1, by: 'source' })
  }
  for (const { index, 1: names = '' } of code.matchAll(importing))
    for (const { module, as } of importedIn(names)) {
      known.set(as ?? module.split('.', 1)[0]!, as ? module : module.split('.', 1)[0]!)
      add('import', module, '', index)
    }
  for (const { index, 1: module = '', 2: names = '' } of code.matchAll(taking))
    for (const { module: name, as } of importedIn(names.replace(/[()]/g, ' '))) {
      known.set(as ?? name, `${module}.${name}`)
      add('import', module, name, index)
    }
  for (const { index, 1: called = '' } of code.matchAll(calling)) {
    const parts = called.split('.').map(part => part.trim())
    const root = known.get(parts[0]!)
    if (keywords.has(parts[0]!)) continue
    if (root === undefined && !(parts.length === 1 && builtins.has(called))) continue
    const full = [...(root ?? 'builtins').split('.'), ...(root === undefined ? parts : parts.slice(1))]
    add('call', full.slice(0, -1).join('.'), full.at(-1)!, index)
  }
  return { acts: [...acts.values()] }
}

function importedIn(list: string): { module: string; as?: string }[] {
  return list.split(',').flatMap(item => {
    const [, module, as] = /^\s*([\w.]+)(?:\s+as\s+(\w+))?\s*$/.exec(item) ?? []
    return module ? [{ module, ...(as ? { as } : {}) }] : []
  })
}
