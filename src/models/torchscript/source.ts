import type { Act } from '../../core/index.ts'
import { ActList } from '../acts.ts'

/** Texts and remarks, in which names mean nothing. */
const silent = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g
const name =
  /(?<![\w.])(?:import ([\w.]+)|from ([\w.]+) import|ops\.(\w+)\.(\w+)|__torch__\.torch\.classes\.(\w+)\.(\w+)|torch\.classes\.(\w+)\.(\w+)|torch\.([\w.]+)\()/g

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
  return acts.all()
}

/** Texts among the arguments of a call, when there are any: they may be paths. */
function argumentsAt(source: string, found: RegExpMatchArray): string[] {
  const start = found.index! + found[0].length
  const rest = source.slice(start, start + 200).split('\n', 1)[0]!
  return (rest.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g) ?? []).slice(0, 2)
}
