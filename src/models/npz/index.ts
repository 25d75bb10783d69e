import { modelFormat } from '../../core/index.ts'

/** Zip archives of NumPy arrays. The arrays are read one by one; together they say no more than their names. */
export default modelFormat({
  id: 'npz',
  title: 'NumPy archive',
  extensions: ['.npz'],
  sniff: () => 0,
  layout({ members }, examiner) {
    const arrays = members.filter(member => member.name.endsWith('.npy'))
    if (arrays.length === 0 || arrays.length < members.length) return
    examiner.fact('layout', 'NumPy archive')
    for (const array of arrays)
      if (array.format !== 'npy' && array.size > 0)
        examiner.note({
          rule: 'npz-no-array',
          severity: 'hold',
          text: `The member ${JSON.stringify(array.name.slice(0, 160))} is called like an array and is none: NumPy hands it out as it is.`,
          ...(array.start === undefined ? {} : { start: array.start }),
        })
  },
})
