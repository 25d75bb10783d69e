import type { Act } from '../../core/index.ts'
import { ActList } from '../acts.ts'

/** Texts and remarks, in which names mean nothing. */
const silent = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g
const name =
  /(?<![\w.])(?:import ([\w.]+)|from ([\w.]+) import|ops\.(\w+)\.(\w+)|__torch__\.torch\.classes\.(\w+)\.(\w+)|torch\.classes\.(\w+)\.(\w+)|torch\.([\w.]+)\()/g

/** Functions of Python, and calls to other machines, that no source written by TorchScript has. */
const foreign = /(?<![\w.])(eval|exec|compile|open|globals|rpc_sync|rpc_async|rpc_remote)\s*\(/g
/** What means the same in remarks too: older loaders evaluated the types that remarks state. */
const anywhere =
  /\b(__import__|RemoteModule|__builtins__|__globals__|__subclasses__|os\.(?:system|popen)|subprocess\.\w+)/g

/** What TorchScript names from outside: operators, custom classes, and modules that are not its own. */
export function sourceActs(source: string, offset: number): readonly Act[] {
  const acts = new ActList()
  const bare = source.replace(silent, text => ' '.repeat(text.length))
  for (const found of bare.matchAll(name)) {
    const at = offset + found.index
    const [, whole, from, space, operator, own, ownClass, ours, ourClass, torch] = found
    const module = whole ?? from
    if (module !== undefined && !module.startsWith('__torch__')) acts.add('import', '', module, 'import', at)
    if (space !== undefined) acts.add('operator', space, operator!, 'ops', at, argumentsAt(source, found))
    const classes = own ?? ours
    if (classes !== undefined) acts.add('operator', `classes.${classes}`, (ownClass ?? ourClass)!, 'class', at)
    if (torch !== undefined) acts.add('operator', 'torch', torch, 'torch', at, argumentsAt(source, found))
  }
  for (const found of bare.matchAll(foreign)) acts.add('call', '', found[1]!, 'source', offset + found.index)
  for (const found of source.matchAll(anywhere)) acts.add('call', '', found[1]!, 'source', offset + found.index)
  for (const remark of source.matchAll(/#\s*type:[^\n]*/g))
    for (const found of remark[0].matchAll(foreign))
      acts.add('call', '', found[1]!, 'remark of a type', offset + remark.index + found.index)
  return acts.all()
}

/** Texts among the arguments of a call, when there are any: they may be paths. */
function argumentsAt(source: string, found: RegExpMatchArray): string[] {
  const start = found.index! + found[0].length
  const rest = source.slice(start, start + 200).split('\n', 1)[0]!
  return (rest.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g) ?? []).slice(0, 2)
}
