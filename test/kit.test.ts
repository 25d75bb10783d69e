import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Result {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

it('the laws for plugins fail plugins that break them', () => {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--root', 'test/kit', '--reporter=json', '--maxWorkers=1']
  const { stdout } = spawnSync(process.execPath, vitest, { cwd: root, encoding: 'utf8' })
  const result: Result = JSON.parse(stdout.slice(stdout.indexOf('{"')))
  const all = result.testResults.flatMap(file => file.assertionResults)
  const failed = all.filter(test => test.status === 'failed').map(test => test.fullName)
  expect(failed.sort()).toEqual([
    'clumsy does not take other for its own',
    'clumsy gives rows or defects for random bytes',
    'clumsy gives rows or defects when bytes of one are changed',
    'clumsy knows one and reads its rows, however they are cut',
    'dud gives the same rows for a seed and others for another',
    'dud has a page that names its source',
    'dud lists every option, and none is idle',
    'dud poisons as many rows of languages as asked, and no others',
    'dud poisons as many rows of reviews as asked, and no others',
    'liar catches word-trigger, 20 rows of comments',
    'liar fills every message and uses each',
    'liar has a fresh accuracy.json',
    'liar has a page with the agreed headings',
    'liar is quiet on comments',
    'liar lists every option',
    'liar misses nothing, 1 rows of comments: there is no such attack',
    'liar says the same twice and however the rows are cut',
    'model-dud does no harm to files it cannot use',
    'model-dud gives the same bytes for a seed',
    'model-dud has a page that names its source',
    'model-dud lists every option, and none is idle',
    'model-dud poisons a copy and says what a finding must name',
    'model-liar does not fail on files that are cut off',
    'model-liar fills every message and uses each',
    'model-liar finds an attack',
    'model-liar has a page with the agreed headings',
    'model-liar leaves an honest text alone',
    'model-liar lets no added bytes make a model pass',
    'model-liar lists every option, and none is idle',
    'model-liar misses a miss: it is found',
    'model-liar says the same however the bytes are read, and twice',
  ])
}, 240_000)
