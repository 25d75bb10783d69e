import {
  type Container,
  type Dtype,
  type Examiner,
  gapsIn,
  type Member,
  type Range,
  sliceOf,
} from '../../core/index.ts'
import { Malformed } from '../cursor.ts'
import { attribute, xmlPieces, xmlText } from '../xml.ts'

const types: Readonly<Record<string, Dtype>> = {
  f64: 'F64',
  f32: 'F32',
  f16: 'F16',
  bf16: 'BF16',
  i64: 'I64',
  i32: 'I32',
  i16: 'I16',
  i8: 'I8',
  u64: 'U64',
  u32: 'U32',
  u16: 'U16',
  u8: 'U8',
  boolean: 'BOOL',
}
const mostPadding = 4096

interface Constant extends Range {
  readonly name: string
  readonly stored: string
  readonly shape: readonly number[]
}

/** Explains the `.bin` beside a network: each constant its range. */
export function explainWeights({ members }: Container, examiner: Examiner): void {
  for (const model of members) {
    if (model.format !== 'openvino') continue
    const data = members.find(each => each.name === model.name.replace(/\.xml$/i, '.bin'))
    if (data && data !== model) explain(model, data, examiner)
  }
}

function explain(model: Member, data: Member, examiner: Examiner): void {
  const constants = constantsOf(model)
  const inside = constants.filter(({ start, end }) => end <= data.size && start <= end)
  for (const { name, stored, shape, start, end } of inside) {
    examiner.explain(data, start, end, 'tensors')
    examiner.tensor({ name, dtype: types[stored] ?? null, stored, shape, bytes: sliceOf(data.bytes, start, end) })
  }
  if (inside.length < constants.length) {
    const text = `${constants.length - inside.length} constants of ${model.name} end behind the end of ${data.name}.`
    examiner.note({ rule: 'openvino-out-of-bounds', severity: 'hold', text })
  }
  for (const { start, end } of gapsIn(inside, data.size))
    if (end - start <= mostPadding && data.bytes.read(start, end).every(byte => byte === 0))
      examiner.explain(data, start, end, 'padding')
}

/** Constants as layers state them: the layer's name, and in its `data` the place, type and shape. */
function constantsOf(model: Member): Constant[] {
  const constants: Constant[] = []
  let name = ''
  try {
    for (const piece of xmlPieces(xmlText(model.bytes) ?? '')) {
      if (piece.kind !== 'open') continue
      const of = (key: string) => attribute(piece, key)
      if (piece.name === 'layer') name = of('name') ?? ''
      const [offset, size] = [of('offset'), of('size')]
      const isPlace = piece.name === 'data' || piece.name === 'weights' || piece.name === 'biases'
      if (!isPlace || !/^\d{1,15}$/.test(offset ?? '') || !/^\d{1,15}$/.test(size ?? '')) continue
      const shape = (of('shape') ?? '').split(',').filter(Boolean).map(Number)
      const start = Number(offset)
      constants.push({ name, stored: of('element_type') ?? '', shape, start, end: start + Number(size) })
    }
  } catch (reason) {
    if (!(reason instanceof Malformed)) throw reason
  }
  return constants
}
