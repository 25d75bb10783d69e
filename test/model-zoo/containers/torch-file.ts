import { floats, join, number, payload } from '../arrays/bytes.ts'
import { called, named, pickled, type Thing } from '../pickle/assembler.ts'
import { tarOf } from './tar-file.ts'
import type { ZipMember, ZipParts } from './zip-file.ts'
import { zipOf } from './zip-file.ts'

/** A storage as the pickle names it. */
export interface StorageClaim {
  readonly key: string
  readonly count: number
  readonly type?: string
}

const storage = ({ key, count, type = 'FloatStorage' }: StorageClaim): Thing => ({
  persistent: { tuple: ['storage', named(`torch.${type}`), key, 'cpu', count] },
})

/** A tensor over a storage, as the usual function rebuilds it. */
export const tensor = (
  claim: StorageClaim,
  { offset = 0, shape = [claim.count], strides = [1] }: { offset?: number; shape?: number[]; strides?: number[] } = {},
): Thing =>
  called(
    'torch._utils._rebuild_tensor_v2',
    storage(claim),
    offset,
    { tuple: shape },
    { tuple: strides },
    false,
    called('collections.OrderedDict'),
  )

/** The pickle of a state dict. */
export const stateDict = (tensors: Readonly<Record<string, Thing>>): Uint8Array =>
  pickled({ ...called('collections.OrderedDict'), entries: Object.entries(tensors) }, 2)

const four = { key: '0', count: 4 }
/** A state dict of one tensor of four numbers. */
export const smallState = stateDict({ 'fc.weight': tensor(four, { shape: [2, 2], strides: [2, 1] }) })

/** Members of a checkpoint as torch writes them. */
export const torchMembers = (
  pickle: Uint8Array = smallState,
  storages: Readonly<Record<string, Uint8Array>> = { 0: floats(4) },
): ZipMember[] => [
  { name: 'archive/data.pkl', data: pickle, descriptor: true },
  { name: 'archive/byteorder', data: 'little', descriptor: true },
  ...Object.entries(storages).map(([key, data]) => ({ name: `archive/data/${key}`, data, descriptor: true })),
  { name: 'archive/version', data: '3\n', descriptor: true },
  { name: 'archive/.data/serialization_id', data: '0'.repeat(40), descriptor: true },
]

/** A checkpoint as torch writes it, unless told otherwise. */
export const torchZip = (members: readonly ZipMember[] = torchMembers(), parts: ZipParts = {}): Uint8Array =>
  zipOf(members, { zip64: true, align: 64, ...parts })

/** A checkpoint whose pickle is a program. */
export const wickedZip = (parts: ZipParts = {}): Uint8Array => torchZip(torchMembers(payload), parts)

const magic = join([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e])

/** A checkpoint of the old kind: five pickles and the storages. */
export const torchLegacy = ({
  system = pickled({ dict: { protocol_version: 1001, little_endian: true } }, 2),
  model = smallState,
  keys = ['0'] as readonly string[],
  count = 4,
  tail = join(),
} = {}): Uint8Array => join(magic, pickled(1001, 2), system, model, pickled(keys, 2), number(count, 8), floats(4), tail)

/** A checkpoint of version 0.1: a tar of four parts. */
export function torchTar(pickle: Uint8Array = pickled({ dict: { fc: 1 } }, 2)): Uint8Array {
  const storage = join(pickled({ tuple: ['0', 'cpu', named('torch.FloatStorage')] }, 2), number(4, 8), floats(4))
  const view = join(
    pickled({ tuple: ['1', '0', named('torch.FloatTensor')] }, 2),
    number(2, 4),
    number(0, 4),
    ...[2, 2, 2, 1, 0].map(size => number(size, 8)),
  )
  return tarOf([
    { name: 'sys_info', data: pickled({ dict: { protocol_version: 1000 } }, 2) },
    { name: 'pickle', data: pickle },
    { name: 'storages', data: join(pickled(1, 2), storage) },
    { name: 'tensors', data: join(pickled(1, 2), view) },
  ])
}

/** A TorchScript archive with this source of its one class. */
export const torchScript = (source: string): Uint8Array =>
  torchZip([
    {
      name: 'net/data.pkl',
      data: pickled({ call: named('__torch__.Net'), new: true, state: { dict: { training: false } } }, 2),
    },
    { name: 'net/byteorder', data: 'little' },
    { name: 'net/code/__torch__.py', data: source },
    { name: 'net/code/__torch__.py.debug_pkl', data: pickled({ tuple: [] }, 2) },
    { name: 'net/constants.pkl', data: pickled({ tuple: [] }, 2) },
    { name: 'net/version', data: '3\n' },
  ])
