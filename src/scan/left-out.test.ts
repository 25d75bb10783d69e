import { expect, it } from 'vitest'
import { leftOutSentences } from './left-out.ts'

const files = (count: number, folder: string, reason: string) =>
  Array.from({ length: count }, (_, i) => ({ name: `${folder}p${i}.txt`, reason }))

it('names few files one by one, and many of one folder and reason together', () => {
  expect(leftOutSentences(files(2, '', 'it is empty'))).toEqual([
    'p0.txt was left out: it is empty.',
    'p1.txt was left out: it is empty.',
  ])
  expect(leftOutSentences([...files(40, 'labels/', 'it is empty'), ...files(1, '', 'it is empty')])).toEqual([
    '40 files (labels/p0.txt, labels/p1.txt, labels/p2.txt, …) were left out: it is empty.',
    'p0.txt was left out: it is empty.',
  ])
})
