import { normal, type Row, seeded } from '../../core/index.ts'
import { accept } from '../../kit/index.ts'
import embeddingSeparation from './index.ts'

interface Planted {
  readonly labels: number
  readonly poisoned: number
  readonly shift: number
  /** Deviations between two honest kinds that every label has. */
  readonly kinds?: number
  /** A second label that is poisoned too. */
  readonly also?: number
}

/** Vectors as a network gives them: a direction for each label, and one more for rows that carry a trigger. */
function vectors({ labels, poisoned, shift, kinds = 0, also = 2 }: Planted): Row[] {
  const random = seeded(labels * 100 + poisoned)
  return Array.from({ length: labels * 150 }, (_, i) => {
    const label = i % labels
    const vector = Array.from({ length: 40 }, (_, k) => normal(random) + (k === label ? 4 : 0))
    if (Math.floor(i / labels) % 3 === 0) vector[12 + label]! += kinds
    if ((label === 2 || label === also) && Math.floor(i / labels) < poisoned) vector[36 + (label % 4)]! += shift
    return { id: `row-${i}`, label: `class ${label}`, vector }
  })
}

accept(embeddingSeparation, {
  clean: ['gtsrb', 'cifar10'],
  caught: [],
  missed: [
    {
      attack: 'patch-trigger',
      on: 'cifar10',
      options: { target: 'cat' },
      dose: { rows: 30 },
      seeds: [1],
      because: 'without a model, a small patch changes how a picture appears less than what it shows does',
    },
    {
      attack: 'warp-trigger',
      on: 'gtsrb',
      dose: { rows: 60 },
      seeds: [1],
      because: 'without a model, warped pictures appear as honest ones do',
    },
  ],
  examples: [
    {
      name: 'vectors of which one label has a part of its own',
      rows: vectors({ labels: 8, poisoned: 15, shift: 10 }),
      finds: ['apart'],
    },
    { name: 'honest vectors', rows: vectors({ labels: 8, poisoned: 0, shift: 0 }), finds: [] },
    {
      name: 'vectors all of whose labels have two kinds',
      rows: vectors({ labels: 8, poisoned: 0, shift: 0, kinds: 9 }),
      finds: [],
    },
    {
      name: 'few labels of which one has a part of its own',
      rows: vectors({ labels: 3, poisoned: 15, shift: 14 }),
      finds: ['leads'],
    },
    {
      name: 'vectors of which two labels have a part of their own',
      rows: vectors({ labels: 12, poisoned: 15, shift: 12, also: 5 }),
      finds: ['apart', 'apart'],
    },
    { name: 'a part that is hardly apart', rows: vectors({ labels: 8, poisoned: 15, shift: 3 }), finds: [] },
  ],
  matters: { deviations: 60, gap: 40, most: 1 },
})
