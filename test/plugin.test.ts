import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bezoar, prepared } from './command.ts'

const files = prepared()
const rows = files.write('rows.jsonl', '{"text":"a fine day","label":"x"}\n{"text":"a bad day","label":"y"}\n')

function install(name: string, code: string): void {
  const folder = files.path(`node_modules/${name}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/package.json`, JSON.stringify({ name, type: 'module', exports: { import: './door.js' } }))
  writeFileSync(`${folder}/door.js`, code)
}

const z = new URL('../node_modules/zod/index.js', import.meta.url).href
const detector = (id: string, detect: string) => `
  import { z } from '${z}'
  export const detectors = [{
    id: '${id}', title: 'A stranger', threat: 'data-injection', version: '1', cost: 'scan',
    input: { table: { text: 'string' } }, options: z.object({ loud: z.boolean().default(true) }),
    messages: { seen: 'Seen {total} rows.' },
    async *detect({ table, options, claim }) { ${detect} },
  }]`

describe('a package with detectors', () => {
  it('is judged with the built-in ones when the policy names it', () => {
    install(
      'bezoar-plugin-test',
      detector(
        'stranger',
        `
      const { labels } = await table.measure({ labels: { statistic: 'label-counts', options: { limit: 8 } } })
      if (options.loud) yield claim('seen', 'block', { kind: 'rows', total: labels.rows, score: 1, expected: 0, examples: [] })`,
      ),
    )
    const policy = files.write('p.yaml', 'plugins: [bezoar-plugin-test]\nrequired: [stranger]\n')
    const { code, out } = bezoar(['scan', rows, '--policy', policy, '--json'])
    expect(code).toBe(1)
    expect(out).toContain('Seen 2 rows.')
    const quiet = ['scan', rows, '--policy', policy, '--json', '--set', 'stranger.loud=false', '--only', 'stranger']
    expect(bezoar(quiet).code).toBe(0)
  })

  it('that throws is failed, the others are judged, and the verdict is not pass', () => {
    install('bezoar-plugin-broken', detector('broken', `throw new Error('out of luck')`))
    const policy = files.write('b.yaml', 'plugins: [bezoar-plugin-broken]\n')
    const { code, out } = bezoar(['scan', rows, '--policy', policy, '--json', '--only', 'broken,hidden-text'])
    const [, broken] = JSON.parse(out).outcomes
    expect(code).toBe(3)
    expect(broken).toMatchObject({ status: 'failed', reason: 'out of luck' })
  })

  it('is refused when it lies inside what is judged, is a path, or is not there', () => {
    const policy = files.path('p.yaml')
    expect(bezoar(['scan', dirname(rows), '--policy', policy])).toMatchObject({
      code: 2,
      err: expect.stringContaining('being judged'),
    })
    for (const name of ['./rows.js', '../x', 'bezoar-plugin-absent']) {
      const wrong = files.write('w.yaml', `plugins: ['${name}']\n`)
      expect(bezoar(['scan', rows, '--policy', wrong]).code).toBe(2)
    }
  })
})
