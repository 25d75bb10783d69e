import type { Row } from '../../core/index.ts'
import { accept } from '../../kit/index.ts'
import unsigned from './index.ts'

const files = (seals: readonly string[]): Row[] =>
  seals.map((seal, i) => ({
    item: `part-${i}.safetensors`,
    digest: 'a'.repeat(64),
    observed: 'a'.repeat(64),
    seal,
    signer: seal === 'unsigned' ? '' : 'key 4f2a',
  }))

accept(unsigned, {
  clean: [],
  caught: [],
  missed: [],
  examples: [
    { name: 'files that are all signed', rows: files(['signed', 'signed', 'signed']), finds: [] },
    { name: 'files that nobody signed', rows: files(['unsigned', 'unsigned']), finds: ['none'] },
    { name: 'files of which one is not signed', rows: files(['signed', 'unsigned', 'signed']), finds: ['uncovered'] },
    { name: 'a file whose signature does not hold', rows: files(['signed', 'invalid']), finds: ['invalid'] },
    { name: 'a signature that nobody checked', rows: files(['unchecked', 'unchecked']), finds: ['unchecked'] },
    {
      name: 'a broken signature over a part',
      rows: files(['invalid', 'unsigned', 'unsigned']),
      finds: ['invalid', 'uncovered'],
    },
    { name: 'a seal that is no word', rows: files(['signed', 'trust me']), finds: ['uncovered'] },
    { name: 'no files', rows: [{ item: null, seal: null, signer: null }], finds: [] },
  ],
  matters: { required: true, places: 1 },
})
