import type { Examiner, Member } from '../core/index.ts'

/** Has members read as configurations, as Keras does whatever they look like; those that were read so are left alone. */
export async function readAsKeras(configs: readonly Member[], examiner: Examiner): Promise<void> {
  for (const { format, name, bytes, start = 0, end = 0 } of configs)
    if (format !== 'keras-config')
      await examiner.member(`${name} as Keras reads it`, bytes, { as: 'keras-config', again: true, start, end })
}
