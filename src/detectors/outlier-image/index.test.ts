import { blank, type Row, seeded } from '../../core/index.ts'
import { accept } from '../../kit/index.ts'
import outlierImage from './index.ts'

/** Pictures of a light spot on a dark ground, with some that do not belong. */
function spots(strange: boolean): Row[] {
  const random = seeded(8)
  const rows: Row[] = Array.from({ length: 120 }, (_, i) => {
    const image = blank(32, 32, [60 + random() * 30, 70, 60 + random() * 30])
    const [x, y] = [6 + random() * 20, 6 + random() * 20]
    for (let p = 0; p < 32 * 32; p++) {
      const near = Math.exp(-(((p % 32) - x) ** 2 + (Math.floor(p / 32) - y) ** 2) / 30)
      for (let c = 0; c < 3; c++) image.pixels[3 * p + c]! += 120 * near
    }
    return { label: i % 2 ? 'a' : 'b', image }
  })
  if (!strange) return rows
  const noise = { width: 32, height: 32, pixels: Uint8Array.from({ length: 3072 }, () => random() * 256) }
  return [
    ...rows,
    { label: 'a', image: blank(32, 32, [200, 10, 10]) },
    { label: 'b', image: noise },
    { label: 'b', image: { ...blank(900, 9), pixels: Uint8Array.from({ length: 24_300 }, (_, k) => (k * 7) % 200) } },
  ]
}

accept(outlierImage, {
  clean: ['gtsrb'],
  caught: [],
  missed: [
    {
      attack: 'patch-trigger',
      on: 'gtsrb',
      dose: { rows: 25 },
      seeds: [1],
      because: 'a patch leaves a picture much like others, and what is odd is information alone',
    },
  ],
  examples: [
    { name: 'spots with a blank picture, noise and a strip among them', rows: spots(true), finds: ['odd'] },
    { name: 'spots', rows: spots(false), finds: [] },
  ],
  matters: { deviations: 1.5 },
})
