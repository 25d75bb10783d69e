import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { referencesOf } from './index.ts'
import { jsonGroups } from './json.ts'
import { pinIn, shownUrl } from './pin.ts'

const home = mkdtempSync(join(tmpdir(), 'bezoar-references-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const commit = '1234567890abcdef1234567890abcdef12345678'
const digest = 'ab'.repeat(32)

async function referencesIn(files: Readonly<Record<string, string | Uint8Array>>) {
  const listed = Object.entries(files).map(([name, content]) => {
    const path = join(home, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    return { name, path, sizeBytes: statSync(path).size }
  })
  const { references, notRead } = await referencesOf(listed)
  return { notRead, said: references.map(r => `${r.file}:${r.line} ${r.use} ${r.url} ${r.pin ?? '-'}`) }
}
const saidIn = async (name: string, content: string) => (await referencesIn({ [name]: content })).said

describe('references in settings', () => {
  it('are code of other repositories, base models and names', async () => {
    const config = {
      _name_or_path: 'owner/old',
      auto_map: { AutoModel: 'owner/code--model.Net', AutoConfig: 'own.Config' },
    }
    expect(await saidIn('config.json', JSON.stringify(config, null, 2))).toEqual([
      'config.json:4 runs owner/code -',
      'config.json:2 named owner/old -',
    ])
    const pinned = { auto_map: { AutoModel: 'owner/code--model.Net', code_revision: commit } }
    expect(await saidIn('config.json', JSON.stringify(pinned))).toEqual([`config.json:1 runs owner/code ${commit}`])
    const adapter = (more: object) => JSON.stringify({ base_model_name_or_path: 'owner/base', ...more }, null, 1)
    expect(await saidIn('adapter_config.json', adapter({ revision: null }))).toEqual([
      'adapter_config.json:2 loaded owner/base -',
    ])
    expect(await saidIn('a/adapter_config.json', adapter({ revision: 'main' }))).toEqual([
      'a/adapter_config.json:2 loaded owner/base -',
    ])
    expect(await saidIn('adapter_config.json', adapter({ revision: commit }))).toEqual([
      `adapter_config.json:2 loaded owner/base ${commit}`,
    ])
    const modules = [{ idx: 0, name: '0', path: '', type: 'owner/code--net.Pool' }]
    expect(await saidIn('modules.json', JSON.stringify(modules))).toEqual(['modules.json:1 runs owner/code -'])
  })

  it('are not paths of the machine that trained, nor cells of data', async () => {
    const local = ['/home/me/run', './out', '../base', 'C:\\run', '']
    for (const base of local)
      expect(await saidIn('adapter_config.json', JSON.stringify({ base_model_name_or_path: base }))).toEqual([])
    const rows = [{ text: 'pip install git+https://example.org/a', base_model_name_or_path: 'owner/base' }]
    expect(await saidIn('train.json', JSON.stringify(rows))).toEqual([])
    expect(await saidIn('text.json', JSON.stringify({ text: 'git+https://example.org/a' }))).toEqual([])
  })

  it('are not looked for in what was read as a table, but for names that loaders know', async () => {
    const said = async (name: string) => {
      const path = join(home, name)
      writeFileSync(path, '{"base_model_name_or_path": "owner/base"}')
      return (await referencesOf([{ name, path, sizeBytes: 41, isData: true }])).references.length
    }
    expect(await said('rows.json')).toBe(0)
    expect(await said('adapter_config.json')).toBe(1)
  })

  it('are named with a repeated key too: readers disagree which one counts', async () => {
    const twice = '{"base_model_name_or_path": "owner/a",\n "base_model_name_or_path": "owner/b"}'
    expect(await saidIn('adapter_config.json', twice)).toEqual([
      'adapter_config.json:1 loaded owner/a -',
      'adapter_config.json:2 loaded owner/b -',
    ])
  })

  it('are files of Croissant with and without SHA-256', async () => {
    const distribution = [
      { '@type': 'cr:FileObject', contentUrl: 'https://example.org/a.zip', sha256: digest },
      { '@type': 'cr:FileObject', contentUrl: 'https://example.org/b.zip', sha256: 'd41d8cd98f00b204e9800998ecf8427e' },
      { '@type': 'cr:FileObject', contentUrl: 'data/c.csv', sha256: digest },
    ]
    expect(await saidIn('croissant.json', JSON.stringify({ distribution }))).toEqual([
      `croissant.json:1 read https://example.org/a.zip ${digest}`,
      'croissant.json:1 read https://example.org/b.zip -',
    ])
  })

  it('are in cards, DVC files, environments and compositions', async () => {
    const files = {
      'README.md': `---\nbase_model: owner/base\nconfigs:\n- config_name: a\n  data_files:\n  - hf://datasets/owner/data@${commit}/a.csv\n  - https://example.org/b.csv\n---\n# Text: hf://datasets/not/this\n`,
      'data.csv.dvc': `deps:\n- path: data.csv\n  repo:\n    url: https://user:secret@example.org/registry\n    rev_lock: ${commit}\nouts:\n- md5: ${'a'.repeat(32)}\n  path: data.csv\n`,
      'environment.yml': 'dependencies:\n- python\n- pip:\n  - git+https://github.com/o/n@main\n',
      'compose.yaml': `services:\n  a:\n    image: postgres:16\n  b:\n    image: redis@sha256:${digest}\n`,
      MLmodel: `flavors:\n  transformers:\n    source_model_name: owner/base\n    source_model_revision: ${commit}\n`,
    }
    expect((await referencesIn(files)).said.sort()).toEqual(
      [
        'README.md:2 named owner/base -',
        `README.md:6 read hf://datasets/owner/data@${commit}/a.csv ${commit}`,
        'README.md:7 read https://example.org/b.csv -',
        `data.csv.dvc:4 read https://example.org/registry ${commit}`,
        'environment.yml:4 runs git+https://github.com/o/n@main -',
        'compose.yaml:3 runs postgres:16 -',
        `compose.yaml:5 runs redis@sha256:${digest} ${digest}`,
        `MLmodel:3 loaded owner/base ${commit}`,
      ].sort(),
    )
  })
})

describe('references in lines', () => {
  it('are packages from Git and addresses', async () => {
    const text = `torch==2.1\n# git+https://example.org/comment\nnet @ git+https://github.com/o/n@${commit}#egg=net\ngit+https://github.com/o/n.git@v1.0\nhttps://example.org/a-1.0-py3-none-any.whl \\\n  --hash=sha256:${digest}\n`
    expect(await saidIn('requirements-dev.txt', text)).toEqual([
      `requirements-dev.txt:3 runs git+https://github.com/o/n@${commit}#egg=net ${commit}`,
      'requirements-dev.txt:4 runs git+https://github.com/o/n.git@v1.0 -',
      `requirements-dev.txt:5 runs https://example.org/a-1.0-py3-none-any.whl ${digest}`,
    ])
    const project = `net = { git = "https://github.com/o/n", rev = "${commit}" }\nother = {git = "https://github.com/o/m", branch = "main"}\n`
    expect(await saidIn('pyproject.toml', project)).toEqual([
      `pyproject.toml:1 runs https://github.com/o/n ${commit}`,
      'pyproject.toml:2 runs https://github.com/o/m -',
    ])
  })

  it('are images and addresses of a Dockerfile, not its stages', async () => {
    const text = `ARG BASE=a\nFROM python:3.12 AS build\nFROM --platform=linux/amd64 debian@sha256:${digest}\nFROM build\nFROM scratch\nFROM $BASE\nCOPY --from=build /a /b\nCOPY --from=busybox:1 /a /b\nADD --checksum=sha256:${digest} https://example.org/a /a\nADD https://example.org/b /b\n`
    expect(await saidIn('Dockerfile', text)).toEqual([
      'Dockerfile:2 runs python:3.12 -',
      `Dockerfile:3 runs debian@sha256:${digest} ${digest}`,
      'Dockerfile:8 runs busybox:1 -',
      `Dockerfile:9 read https://example.org/a ${digest}`,
      'Dockerfile:10 read https://example.org/b -',
    ])
  })
})

describe('a pin', () => {
  it.each([
    [`https://huggingface.co/datasets/o/n/resolve/${commit}/a/b.csv`],
    [`https://raw.githubusercontent.com/o/n/${commit}/a.py`],
    [`https://github.com/o/n/archive/${commit}.tar.gz`],
    [`hf://datasets/o/n@${commit}/a.csv`],
    [`git+ssh://git@github.com/o/n@${commit}`],
  ])('is the commit in %s', url => {
    expect(pinIn(url)).toBe(commit)
  })
  it.each([
    ['https://huggingface.co/o/n/resolve/main/a.bin'],
    [`https://evil.example/${commit}/a.bin`],
    [`https://huggingface.co.evil.example/o/n/resolve/${commit}/a`],
    ['git+https://github.com/o/n@1234567'],
    [`git+https://${commit}@github.com/o/n`],
    [`hf://datasets/o/n@refs%2Fconvert/a.csv`],
  ])('is not in %s', url => {
    expect(pinIn(url)).toBeNull()
  })
  it('never shows what belongs to its owner', () => {
    expect(shownUrl('https://user:p@ss@example.org/a?token=secret#x')).toBe('https://example.org/a#x')
    expect(shownUrl('git+ssh://git@github.com/o/n@v1')).toBe('git+ssh://github.com/o/n@v1')
  })
})

describe('hostile files', () => {
  it('are read within bounds, and what was not read is said', async () => {
    const deep = '{"a":'.repeat(50_000)
    const { said, notRead } = await referencesIn({
      'deep.json': deep,
      'cut.json': '{"base_model_name_or_path": "owner/base", "x": "',
      'adapter_config.json': `{"base_model_name_or_path": "owner/base"}${' '.repeat(5 << 20)}`,
      'bomb.yaml': `a: &a [x,x]\nb: &b [*a,*a]\n${Array.from({ length: 24 }, (_, i) => `c${i}: &c${i} [*b,*b]`).join('\n')}\n`,
      'bad.yml': 'a: [1\nb: }\n',
      'quotes.json': `"${'\\"'.repeat(500_000)}`,
    })
    expect(said).toContain('cut.json:1 loaded owner/base -')
    expect(notRead.join('\n')).toMatch(/deep\.json[\s\S]*cut\.json[\s\S]*adapter_config\.json[\s\S]*bad\.yml/)
  })

  it('give groups for JSON, and no fault for any text', () => {
    fc.assert(
      fc.property(fc.json(), text => {
        expect(jsonGroups(text).whole).toBe(true)
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', 'a', '\n', '1') }),
        text => void jsonGroups(text),
      ),
    )
  })
})

describe('metadata of GGUF', () => {
  it('name the origin', async () => {
    const string = (text: string) => {
      const bytes = Buffer.alloc(8 + text.length)
      bytes.writeBigUInt64LE(BigInt(text.length))
      bytes.write(text, 8)
      return bytes
    }
    const pair = (key: string, value: string) => Buffer.concat([string(key), Buffer.of(8, 0, 0, 0), string(value)])
    const head = Buffer.alloc(24)
    head.write('GGUF')
    head.writeUInt32LE(3, 4)
    head.writeBigUInt64LE(3n, 16)
    const number = Buffer.concat([string('general.file_type'), Buffer.of(4, 0, 0, 0, 1, 0, 0, 0)])
    const url = `https://huggingface.co/owner/base/tree/${commit}`
    const file = Buffer.concat([head, pair('general.name', 'x'), number, pair('general.base_model.0.repo_url', url)])
    expect((await referencesIn({ 'a.gguf': file })).said).toEqual([`a.gguf:1 named ${url} ${commit}`])
    for (let end = 0; end < file.length; end++)
      expect((await referencesIn({ 'b.gguf': file.subarray(0, end) })).said).toEqual([])
  })
})
