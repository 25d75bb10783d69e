import { expect, it } from 'vitest'
import { floats, join } from '../../../test/model-zoo/arrays/bytes.ts'
import { net } from '../../../test/model-zoo/graphs/others.ts'
import { tensorsOf, unreadOf } from '../../core/index.ts'
import { modelOf } from '../../kit/index.ts'

it('names the layers, and explains the numbers beside them', async () => {
  const model = await modelOf({ 'm.xml': net(), 'm.bin': floats(4) })
  const [file] = model.files
  expect(file!.root.programs[0]!.acts.map(act => `${act.module}::${act.name}`)).toEqual([
    'opset1::Const',
    'opset1::ReLU',
  ])
  expect([...unreadOf(model)]).toEqual([])
  expect([...tensorsOf(model)].map(({ found }) => [found.name, found.dtype, found.shape])).toEqual([['w', 'F32', [4]]])
})

it('leaves numbers that no layer names unread', async () => {
  const model = await modelOf({ 'm.xml': net(), 'm.bin': join(floats(4), 'hidden') })
  expect([...unreadOf(model)].map(({ found }) => [found.start, found.end])).toEqual([[16, 22]])
})
