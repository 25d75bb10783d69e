import { describe, expect, it } from 'vitest'
import { called, object, pickled } from '../../../test/model-zoo/pickle/assembler.ts'
import { seeded } from '../../core/index.ts'
import pickleProgram from '../../detectors/pickle-program/index.ts'
import { acceptModelAttack, modelOf, outcomeOf } from '../../kit/index.ts'
import pickleAttack from './index.ts'
import { shapeNames } from './opcodes.ts'

const host = {
  'model.pkl': pickled(
    object('sklearn.linear_model._base.LinearRegression', { dict: { coef_: called('numpy.dtype', 'f8') } }),
  ),
}

acceptModelAttack(pickleAttack, {
  host,
  matters: { call: 'subprocess.call', argument: 'false', shape: 'obj', place: 'behind', discard: false },
})

describe('the detector of programs', () => {
  it('leaves the host alone', async () => {
    expect((await outcomeOf(pickleProgram, await modelOf(host))).findings).toEqual([])
  })

  it.each(shapeNames.flatMap(shape => (['front', 'behind', 'broken'] as const).map(place => [shape, place] as const)))(
    'blocks the shape %s, %s',
    async (shape, place) => {
      const options = pickleAttack.options.parse({ shape, place })
      const poisoned = pickleAttack.corrupt(options, host, seeded(1))!
      const { findings } = await outcomeOf(pickleProgram, await modelOf(poisoned.files))
      expect(findings[0]?.severity).toBe('block')
      expect(poisoned.names.some(name => JSON.stringify(findings).includes(name))).toBe(true)
    },
  )

  it('blocks whatever is called', async () => {
    for (const call of ['timeit.timeit', 'mypkg.tools.run', 'numpy.f2py.crackfortran.getlincoef', 'builtins.eval']) {
      const poisoned = pickleAttack.corrupt(pickleAttack.options.parse({ call }), host, seeded(1))!
      const { findings } = await outcomeOf(pickleProgram, await modelOf(poisoned.files))
      expect([findings[0]?.severity, JSON.stringify(findings).includes(call)], call).toEqual(['block', true])
    }
  })
})
