import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Member, membersOf } from '../../core/index.ts'
import { examined } from '../../kit/models.ts'
import { startsHere } from './garbage.ts'

const bytes = (text: string) => Uint8Array.from(text, letter => letter.charCodeAt(0))
const payload = "cos\nsystem\n(S'true'\ntR."
const rootOf = async (data: Uint8Array | string, name = 'model.pkl'): Promise<Member> =>
  (await examined(name, typeof data === 'string' ? bytes(data) : data)).root
const callsOf = (root: Member): string[] =>
  [...membersOf(root)].flatMap(({ path, programs }) =>
    programs.flatMap(program =>
      program.acts.filter(act => act.kind === 'call').map(act => `${path} ${program.start} ${act.module}.${act.name}`),
    ),
  )
const rules = (root: Member) => root.notes.map(note => note.rule)
const number = (value: number) => String.fromCharCode(value & 255, (value >> 8) & 255, (value >> 16) & 255, 0)
const held = (data: Uint8Array) => Uint8Array.from([...bytes(`\x80\x04B${number(data.length)}`), ...data, 0x2e])
const written = (text: string) => held(bytes(text))

describe('pickle files', () => {
  it('are told by content, whatever their name is', async () => {
    for (const name of ['model.pkl', 'notes.txt', 'README.md', 'weights.safetensors', 'x'])
      expect(callsOf(await rootOf(payload, name))).toEqual([`${name} 0 os.system`])
  })

  it('are claimed to the last byte', async () => {
    const root = await rootOf(`\x80\x04N.`)
    expect([root.format, root.unread, root.notes]).toEqual(['pickle', [], []])
    const tail = await rootOf(`${payload}and something else`)
    expect(tail.unread).toMatchObject([{ start: payload.length, end: payload.length + 18 }])
  })

  it('say when they hold pictures and their labels: batches of CIFAR, of Python 2 and 3', async () => {
    const array = 'cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\x00tU\x01btR'
    const facts = async (data: string) => (await rootOf(data, 'data_batch_1')).facts
    const held = { name: 'holds', value: 'pictures and labels' }
    expect(await facts(`\x80\x02}(U\x06labels](K\x06K\x09eU\x04data${array}u.`)).toContainEqual(held)
    expect(await facts(`\x80\x03}(C\x04data${array}C\x0bfine_labels](K\x06K\x09eu.`)).toContainEqual(held)
    expect(await facts(`\x80\x02}(U\x06weight${array}U\x06labels](K\x06K\x09eu.`)).not.toContainEqual(held)
    expect(await facts('\x80\x02}(U\x04dataK\x01U\x06labels](K\x06K\x09eu.')).not.toContainEqual(held)
  })

  it('may hold several streams', async () => {
    const root = await rootOf(`\x80\x02N.I1\n.${payload}\x80\x04).`)
    expect(root.programs.map(program => program.start)).toEqual([0, 4, 8, 8 + payload.length])
    expect([root.unread, root.notes]).toEqual([[], []])
    expect(callsOf(root)).toEqual(['model.pkl 8 os.system'])
  })

  it('are searched for behind zeros and garbage', async () => {
    for (const between of ['\0\0\0\0', '\xff\xfe\xfd', `${'\x00\xee'.repeat(100_000)}`]) {
      const root = await rootOf(`\x80\x02N.${between}${payload}`)
      expect(callsOf(root)).toEqual([`model.pkl ${4 + between.length} os.system`])
      expect(rules(root)).toEqual(['pickle-after-garbage'])
      expect(root.unread).toMatchObject([{ start: 4, end: 4 + between.length }])
    }
    const bare = await rootOf('\x80\x04N.\xff\x8c\x02os\x8c\x06system\x93)R.')
    expect(callsOf(bare)[0]).toContain('os.system')
  })

  it('count up to where they break, and are looked at behind it', async () => {
    const root = await rootOf(`\x80\x02cos\nsystem\n)R\xff\xff\x80\x02cm\nf\n)R.`)
    expect(callsOf(root)).toEqual(['model.pkl 0 os.system', 'model.pkl 17 m.f'])
    expect(rules(root)).toEqual(['pickle-damaged', 'pickle-after-garbage'])
    expect(root.programs[0]!.incomplete).toContain('0xff')
    expect(root.unread).toMatchObject([{ start: 15, end: 17 }])
  })

  it('are read from each place where a reader goes on', async () => {
    const odd = `\x80\x04\x95\x0b\0\0\0\0\0\0\0N.${'x'.repeat(9)}${payload}`
    expect(startsHere({ size: odd.length, read: (s, e) => bytes(odd).subarray(s, e) }, 22)).toBe(true)
    expect(callsOf(await rootOf(odd))).toEqual(['model.pkl 22 os.system'])
  })
})

describe('programs in constants', () => {
  const found = async (data: Uint8Array) => {
    const root = await rootOf(data)
    expect([root.unread, root.format]).toEqual([[], 'pickle'])
    return callsOf(root).map(call => call.replace(/^.*\//, ''))
  }

  it('are followed as they are, packed, and written in letters', async () => {
    const base64 = Buffer.from(payload).toString('base64')
    expect(await found(written(payload))).toEqual(['constant at 2 0 os.system'])
    expect(await found(written(base64))).toEqual(['constant at 2 (base64) 0 os.system'])
    expect(await found(written(base64.replaceAll('+', '-').replaceAll('/', '_')))).toHaveLength(1)
    expect(await found(written(Buffer.from(payload).toString('hex')))).toEqual(['constant at 2 (hex) 0 os.system'])
    expect(await found(held(deflateSync(payload)))).toEqual(['constant at 2 (zlib) 0 os.system'])
    expect(await found(held(gzipSync(payload)))).toEqual(['constant at 2 (gzip) 0 os.system'])
    const layered = deflateSync(Buffer.from(gzipSync(payload)).toString('base64')).toString('hex')
    expect(await found(written(layered))).toEqual(['constant at 2 (hex, zlib, base64, gzip) 0 os.system'])
  })

  it('are followed in texts, also where each byte is a letter', async () => {
    const inner = '\x80\x04\x8c\x02os\x8c\x06system\x93)R.'
    const utf8 = Buffer.from(inner, 'utf8').toString('latin1')
    const encoded = `\x80\x02c_codecs\nencode\nX${number(utf8.length)}${utf8}X\x06\0\0\0latin1\x86R.`
    expect(await found(bytes(encoded))).toEqual(['model.pkl 0 _codecs.encode', 'constant at 18 (latin-1) 0 os.system'])
    expect(await found(bytes(`S'${payload.replaceAll('\n', '\\n').replaceAll("'", "\\'")}'\n.`))).toHaveLength(1)
    expect(await found(bytes(`V${payload.replaceAll('\n', '\\u000a')}\n.`))).toHaveLength(1)
    const quoted = `S"${payload.replaceAll('\n', '\\n')}"\ncm\nf\n0.`
    expect(await found(bytes(quoted))).toEqual(['constant at 0 0 os.system'])
  })

  it('are followed nine deep', async () => {
    let data: Uint8Array = bytes(payload)
    for (let depth = 0; depth < 9; depth++)
      data = depth % 2 ? held(data) : written(Buffer.from(data).toString('base64'))
    expect(await found(data)).toHaveLength(1)
  })

  it('are not seen in words, numbers and pictures', async () => {
    const words = Array.from({ length: 3000 }, (_, k) => {
      const word = ['internationalization_of_words', 'Nation', 'cat', 'Verify', 'eJxyz', 'PKzip', `${k}`.repeat(8)][
        k % 7
      ]!
      return `\x8c${String.fromCharCode(word.length)}${word}`
    }).join('')
    const floats = new Uint8Array(Float32Array.from({ length: 5000 }, (_, k) => Math.sin(k) / 7).buffer)
    const root = await rootOf(`\x80\x04(${words}t.`)
    expect([root.members, root.notes, root.unread]).toEqual([[], [], []])
    expect((await rootOf(held(floats))).members).toEqual([])
  })
})
