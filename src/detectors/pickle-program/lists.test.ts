import { describe, expect, it } from 'vitest'
import type { Act, Value } from '../../core/index.ts'
import { denying } from './denied.ts'
import { type Judged, judgeOf } from './judge.ts'
import { allLists, denyFile, listsFor } from './lists/index.ts'
import type { ListGroup, Takes } from './lists/names.ts'
import { packageOf } from './names.ts'

const lists = await allLists()
const denied = await denyFile()
const denies = denying(denied)
const names = await listsFor(new Set(lists.flatMap(each => each.packages)))
const judge = judgeOf({ names, denies, allowed: new Set() })

interface Row {
  readonly group: ListGroup
  readonly module: string
  readonly name: string
}
const rows = (groups: readonly ListGroup[]): Row[] =>
  groups.flatMap(group =>
    Object.entries(group.names).flatMap(([module, list]) => list.map(name => ({ group, module, name }))),
  )

const act = (kind: Act['kind'], module: string, name: string, args: readonly Value[] = [], by = 'REDUCE'): Act => ({
  kind,
  module,
  name,
  args,
  offset: 0,
  count: 1,
  by,
})
const constant = (value: string | null): Value => ({ kind: 'constant', value })
const ordered: Value = { kind: 'global', module: 'collections', name: 'OrderedDict' }
const object: Value = { kind: 'global', module: 'builtins', name: 'object' }

/** Arguments that an entry takes. */
function fitting(takes: Takes | undefined): Value[] {
  const args: Value[] = []
  for (const at of takes?.makes ?? []) args[at] = ordered
  for (const at of takes?.keeps ?? []) args[at] = ordered
  for (const [at, [module]] of Object.entries(takes?.from ?? {}))
    args[Number(at)] = module === 'typing' ? { kind: 'global', module, name: 'Any' } : object
  for (const [at, allowed] of Object.entries(takes?.oneOf ?? {})) args[Number(at)] = constant(String(allowed[0]))
  return Array.from(args, value => value ?? constant('x'))
}

const call = ({ module, name, group }: Row): Judged =>
  judge(act('call', module, name, fitting(group.takes), group.use === 'type' ? 'NEWOBJ' : 'REDUCE'))

describe.each(lists.map(each => [each.list.library, each] as const))('the list of %s', (_, { list, packages }) => {
  const all = rows(list.groups)

  it('gives a reason for each group, and what it was made from', () => {
    expect(list.versions).toMatch(/\d/)
    for (const group of list.groups) expect(group.why).toMatch(/^[A-Z].{8,}\.$/)
  })

  it('names the packages that it speaks for', () => {
    expect([...new Set(all.map(row => packageOf(row.module)))].sort()).toEqual([...packages].sort())
  })

  it('has each name once, and none that is empty or padded', () => {
    const keys = all.map(row => `${row.module} ${row.name}`)
    expect(keys.filter((key, k) => keys.indexOf(key) !== k)).toEqual([])
    expect(keys.filter(key => !/^[\w.]+ [\w.]+$/.test(key))).toEqual([])
  })

  it('allows each name what it is listed for', () => {
    const wrong = all.flatMap(row => {
      const named = judge(act('import', row.module, row.name, [], 'GLOBAL'))
      const used = row.group.use === 'data' || row.group.takes?.attribute ? named : call(row)
      const wanted = row.group.review ? 'review' : null
      return [named, used]
        .filter(each => each.wrong !== wanted)
        .map(each => `${row.module}.${row.name}: ${each.wrong} ${each.why}`)
    })
    expect(wrong).toEqual([])
  })

  it('allows no name anything else', () => {
    const tampered = all.flatMap(({ module, name }) => [
      judge(act('import', module, `${name}Zq`)),
      judge(act('import', `${module}Zq`, name)),
      judge(act('import', module, `${name}.__globals__`)),
      judge(act('call', module, `${name}()`)),
      judge(act('set', module, name, [{ kind: 'global', module, name }, constant('x')], 'BUILD')),
    ])
    expect(tampered.filter(each => each.wrong === null).map(each => `${each.act.module}.${each.act.name}`)).toEqual([])
    const called = all.filter(row => row.group.use === 'data').map(call)
    expect(called.filter(each => each.wrong !== 'misused').map(each => each.act.name)).toEqual([])
    const constructed = all.filter(row => row.group.use === 'type' && !row.group.review)
    const calls = constructed.map(row => judge(act('call', row.module, row.name, [constant('x')])))
    expect(calls.filter(each => each.wrong !== 'unsure').map(each => each.act.name)).toEqual([])
  })

  it('gives arguments to no name that wants others', () => {
    const strange: Value = { kind: 'global', module: 'mypkg', name: 'run' }
    const strict = all.filter(row => row.group.takes && !row.group.review)
    const huge: Value = { kind: 'constant', value: 2 ** 60 }
    const kept = strict.filter(({ module, name }) =>
      [strange, huge].every(value => judge(act('call', module, name, Array(6).fill(value))).wrong === null),
    )
    expect(kept.map(row => row.name)).toEqual([])
  })
})

describe('the deny-list', () => {
  const packages = denied.groups.flatMap(group => group.packages)
  const named = denied.groups.flatMap(group =>
    Object.entries(group.names).flatMap(([module, list]) => list.map(name => ({ module, name, does: group.does }))),
  )

  it('says of each group what it does', () => {
    for (const { does } of denied.groups) expect(does).toMatch(/^[a-z][^.]{10,}[^.]$/)
  })

  it('blocks each package with all below it, called or only named', () => {
    const kept = packages.flatMap(name =>
      [
        judge(act('call', name, 'anything')),
        judge(act('import', name, 'anything', [], 'GLOBAL')),
        judge(act('import', `${name}.below.it`, 'anything')),
        judge(act('import', name, 'walks.on')),
      ].filter(each => each.wrong !== 'denied'),
    )
    expect(kept.map(each => `${each.act.module}.${each.act.name}`)).toEqual([])
  })

  it('blocks each name, called or only named, and walked to', () => {
    const kept = named.flatMap(({ module, name }) =>
      [
        judge(act('call', module, name)),
        judge(act('import', module, name)),
        judge(act('import', module, `${name}.walks.on`)),
        judge(act('import', packageOf(module), [...module.split('.').slice(1), name].join('.'))),
      ].filter(each => each.wrong !== 'denied' && each.wrong !== 'walk'),
    )
    expect(kept.map(each => `${each.act.module}.${each.act.name}`)).toEqual([])
    const mentioned = named.filter(({ module, name }) => judge(act('import', module, name)).wrong !== 'denied')
    expect(mentioned).toEqual([])
  })

  it('excepts only what an allow-list has', () => {
    for (const [module, list] of Object.entries(denied.except))
      for (const name of list) expect(names.of(module, name), `${module}.${name}`).not.toBeNull()
  })

  it('is stronger than what the user allows', () => {
    const allowed = new Set(named.map(({ module, name }) => `${module}.${name}`))
    const lenient = judgeOf({ names, denies, allowed })
    expect(named.filter(({ module, name }) => lenient(act('call', module, name)).wrong !== 'denied')).toEqual([])
  })

  it('knows the names that Python 3 gives to those of Python 2', () => {
    for (const [module, name] of [
      ['__builtin__', 'eval'],
      ['__builtin__', 'reduce'],
      ['commands', 'getoutput'],
      ['cPickle', 'loads'],
      ['urllib2', 'urlopen'],
      ['itertools', 'imap'],
    ])
      expect(judge(act('import', module!, name!)).wrong, `${module}.${name}`).toBe('denied')
  })
})

describe('an act', () => {
  it.each([
    ['import', 'mypkg', 'Net', 'unknownName'],
    ['call', 'mypkg', 'Net', 'unknownCall'],
    ['import', 'torch', 'nn.Module', 'walk'],
    ['import', 'sklearn.base', 'os', 'denied'],
    ['import', 'mypkg', '__builtins__', 'denied'],
    ['unresolved', '', 'extension 5', 'computed'],
    ['call', 'functools', 'partial()', 'resultCalled'],
  ] as const)('%s of %s %s is %s', (kind, module, name, wrong) => {
    expect(judge(act(kind, module, name)).wrong).toBe(wrong)
  })

  it('takes arguments that the machine put together for what they are', () => {
    const differs: Value = { kind: 'opaque', why: 'differs from call to call' }
    const computed: Value = { kind: 'opaque', why: 'an extension code' }
    expect(judge(act('call', 'copyreg', '_reconstructor', [differs, object])).wrong).toBeNull()
    expect(judge(act('call', 'copyreg', '_reconstructor', [computed, object])).wrong).toBe('misused')
    expect(judge(act('call', '_codecs', 'encode', [differs, differs])).wrong).toBe('unsure')
    expect(judge(act('persist', '', '', [differs])).wrong).toBeNull()
    expect(judge(act('persist', '', '', [computed])).wrong).toBe('persistent')
  })
})
