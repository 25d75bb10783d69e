import type { Row } from '../../core/index.ts'
import { accept } from '../../kit/index.ts'
import unpinnedReference from './index.ts'

const commit = '1234567890abcdef1234567890abcdef12345678'
const reference = (label: string, url: string, digest: string | null = null): Row => ({
  item: `config.json:${url.length}`,
  url,
  label,
  digest,
})
const code = 'https://huggingface.co/owner/code'

accept(unpinnedReference, {
  clean: [],
  caught: [],
  missed: [],
  examples: [
    {
      name: 'references with commits and digests',
      rows: [
        reference('runs', code, commit),
        reference('loaded', 'owner/base', commit),
        reference('read', 'https://example.org/a.csv', 'b'.repeat(64)),
      ],
      finds: [],
    },
    { name: 'code of a branch', rows: [reference('runs', code), reference('runs', `${code}2`)], finds: ['runs'] },
    { name: 'code of a tag', rows: [reference('runs', code, 'v1.0')], finds: ['runs'] },
    { name: 'a base without a revision', rows: [reference('loaded', 'owner/base')], finds: ['loads'] },
    {
      name: 'names of data and models',
      rows: [reference('read', 'https://example.org/a.csv'), reference('named', 'owner/base')],
      finds: ['names'],
    },
    {
      name: 'a list of addresses without digests',
      rows: [{ url: 'https://example.org/1.jpg' }, { url: 'https://example.org/2.jpg' }],
      finds: ['list'],
    },
    {
      name: 'a list of addresses with digests of any kind',
      rows: [{ url: 'https://example.org/1.jpg', digest: 'd'.repeat(32) }],
      finds: [],
    },
    {
      name: 'labelled pages: their labels are no uses',
      rows: [{ url: 'https://example.org/1', label: 'runs', digest: 'd'.repeat(32) }],
      finds: [],
    },
  ],
  matters: { places: 1 },
})
