import { type Container, type Examiner, gapsIn, type Member, type Range, sliceOf } from '../../core/index.ts'
import { quoted } from '../cursor.ts'
import schema from '../onnx-schema.json' with { type: 'json' }
import { readProto } from '../protobuf.ts'
import { allMessages, ProtoValues } from '../protobuf-values.ts'
import { type External, externalsIn, sizeOf } from './tensors.ts'

/** Writers align tensors to pages; a gap of zeros up to this is such a one. */
const mostPadding = 64 << 10

/** Explains files that hold the numbers of models beside them: each tensor its range, and the zeros between. */
export function explainExternal({ members }: Container, examiner: Examiner): void {
  const ranges = new Map<Member, Range[]>()
  const byName = new Map(members.map(member => [member.name, member]))
  for (const model of members) {
    if (model.format !== 'onnx' || !reaches(model)) continue
    for (const external of referred(model)) {
      const data = byName.get(beside(model.name, external.location))
      if (!data || data === model) continue
      const range = rangeOf(external, data)
      if (!range) {
        const text = `The tensor ${quoted(external.name)} of ${model.name} ends behind the end of ${data.name}.`
        examiner.note({ rule: 'onnx-external-out-of-bounds', severity: 'hold', text })
        continue
      }
      const known = ranges.get(data)
      if (known) known.push(range)
      else ranges.set(data, [range])
      const { name, dtype, stored, shape } = external
      examiner.tensor({ name, dtype, stored, shape, bytes: sliceOf(data.bytes, range.start, range.end) })
    }
  }
  for (const [data, all] of ranges) explain(data, all, examiner)
}

const reaches = (model: Member): boolean =>
  model.programs.some(program => program.acts.some(act => act.kind === 'reach' && act.by === 'external data'))

function referred(model: Member): External[] {
  const { root } = readProto(model.bytes, { schema, type: 'ModelProto' })
  const values = new ProtoValues(model.bytes)
  return externalsIn(allMessages(root), values)
}

/** The name of a file in the folder of another; what leads out of that folder is no member of anything. */
const beside = (name: string, location: string): string =>
  name.slice(0, name.lastIndexOf('/') + 1) + location.replace(/^\.\//, '')

function rangeOf(external: External, { size }: Member): Range | null {
  const { start, length } = external
  const end = start + (length ?? sizeOf(external) ?? size - start)
  return start <= size && end <= size ? { start, end } : null
}

function explain(data: Member, ranges: readonly Range[], examiner: Examiner): void {
  for (const { start, end } of ranges) examiner.explain(data, start, end, 'tensors')
  for (const { start, end } of gapsIn(ranges, data.size)) {
    const isPadding = end - start <= mostPadding && data.bytes.read(start, end).every(byte => byte === 0)
    if (isPadding) examiner.explain(data, start, end, 'padding')
  }
}
