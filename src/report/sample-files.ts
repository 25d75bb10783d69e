import type { ExaminedFile } from '../core/index.ts'

const checkpoint = 'pytorch_model.bin'
const program = `${checkpoint}/archive/data.pkl`
const digest = '0f1e2d3c4b5a69788796a5b4c3d2e1f0'.repeat(2)

const storages = Array.from({ length: 148 }, (_, i) => ({
  path: `${checkpoint}/archive/data/${i}`,
  depth: 1,
  format: 'tensor-data',
  size: 2_359_296,
  unread: 0,
  start: 4096 + i * 2_359_400,
  end: 4096 + i * 2_359_400 + 2_359_296,
}))
const pinned = { sha256: digest, furtherMembers: 0, members: [], facts: [] }

const pickled: ExaminedFile = {
  ...pinned,
  name: checkpoint,
  sizeBytes: 438_002_148,
  format: 'torch-zip',
  severity: 'block',
  members: [
    { path: program, depth: 1, format: 'pickle', size: 21_400, unread: 0, start: 64, end: 21_464 },
    { path: `${program}/constant 1`, depth: 2, format: 'python', size: 96, unread: 0 },
    ...storages,
    {
      path: `${checkpoint}/archive/extra.enc`,
      depth: 1,
      format: null,
      size: 900,
      unread: 900,
      start: 9e6,
      end: 9_000_900,
    },
  ],
  furtherMembers: 12,
  bytes: [
    { start: 0, end: 64, as: 'local header', read: true },
    { start: 64, end: 21_464, as: 'member', read: true },
    { start: 21_464, end: 437_900_000, as: 'numbers of tensors', read: true },
    { start: 437_900_000, end: 438_000_100, as: 'directory', read: true },
    { start: 438_000_100, end: 438_002_148, as: 'unread', read: false },
  ],
  facts: [
    { name: 'written by', value: 'PyTorch 2.4' },
    { name: 'tensors', value: 148 },
  ],
}

/** The files of the sample of a model: one that is gravely wrong, its twin, a template, 200 that are alike, one that is clean. */
export function sampleFiles(): ExaminedFile[] {
  return [
    pickled,
    {
      ...pinned,
      name: 'model.safetensors',
      sizeBytes: 437_951_328,
      format: 'safetensors',
      severity: 'hold',
      bytes: [
        { start: 0, end: 19_208, as: 'header', read: true },
        { start: 19_208, end: 437_951_328, as: 'numbers of tensors', read: true },
      ],
    },
    {
      ...pinned,
      name: 'tokenizer_config.json',
      sizeBytes: 2_310,
      format: 'json',
      severity: 'block',
      bytes: [{ start: 0, end: 2_310, as: 'text', read: true }],
    },
    ...Array.from(
      { length: 200 },
      (_, i): ExaminedFile => ({
        ...pinned,
        name: `shards/part-${String(i).padStart(3, '0')}.pkl`,
        sizeBytes: 5_120 + i,
        format: 'pickle',
        severity: 'hold',
        bytes: [{ start: 0, end: 5_120 + i, as: 'program', read: true }],
      }),
    ),
    {
      ...pinned,
      name: 'README.md',
      sizeBytes: 8_120,
      format: 'text',
      severity: 'clean',
      bytes: [{ start: 0, end: 8_120, as: 'text', read: true }],
    },
  ]
}
