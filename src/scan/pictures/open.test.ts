import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blank, isPicture, pngOf, type Report, type Table } from '../../core/index.ts'
import { cleanArtifact, undoClean } from '../clean.ts'
import { kindOf } from '../kind.ts'
import { openTable } from '../open.ts'

let home = ''
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'bezoar-pictures-'))
})
afterAll(() => rmSync(home, { recursive: true }))

const png = (n: number): Uint8Array => pngOf(blank(4, 3, [n % 256, n >> 8, 7]))
let folders = 0
/** A folder with these files; numbers stand for pictures. */
function folderWith(files: Readonly<Record<string, number | string | Uint8Array>>): string {
  const root = join(home, `f${folders++}`)
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof content === 'number' ? png(content) : content)
  }
  return root
}

/** Each row: label, split, red of the first pixel or why there is none. */
async function rowsOf(table: Table): Promise<string[]> {
  const rows: string[] = []
  for await (const batch of table.batches()) {
    const seen = await table.pictures!(batch)
    for (let i = 0; i < batch.size; i++) {
      const picture = seen[i]
      const shown = picture && (isPicture(picture) ? picture.pixels[0] : picture.kind)
      rows.push(
        [batch.columns.get('label')?.[i] ?? '-', batch.columns.get('split')?.[i] ?? '-', shown ?? '-'].join(' '),
      )
    }
  }
  return rows
}
const opened = async (path: string | string[]) => {
  const table = await openTable([path].flat())
  return { table, rows: await rowsOf(table), columns: table.columns.map(c => `${c.name}:${c.role ?? '-'}`) }
}

describe('a folder of class folders', () => {
  it('is a table: a part for each folder, rows by file name, labels and splits', async () => {
    const root = folderWith({
      'train/b/2.png': 3,
      'train/b/1.png': 2,
      'train/a/x.png': 1,
      'test/a/y.png': 4,
      'README.md': '# Hi',
    })
    expect(await kindOf([root])).toBe('dataset')
    const { table, rows, columns } = await opened(root)
    expect(table.parts.map(part => part.name)).toEqual(['test/a', 'train/a', 'train/b'])
    expect(rows).toEqual(['a test 4', 'a train 1', 'b train 2', 'b train 3'])
    expect(columns).toEqual(['image:image', 'file:id', 'label:label', 'split:split'])
    expect(table.parts.every(part => part.sha256 !== undefined && part.sizeBytes > 0)).toBe(true)
    expect(table.leftOut).toEqual([])
  })
  it('opens alike from several paths, and in another thread', async () => {
    const root = folderWith({ 'train/a/1.png': 1, 'train/b/1.png': 2, 'test/a/1.png': 3 })
    const { rows } = await opened([join(root, 'train'), join(root, 'test')])
    expect(rows).toEqual(['a test 3', 'a train 1', 'b train 2'])
    const { table } = await opened(root)
    const { open } = (await import(table.reopen!.module)) as { open(spec: unknown): Promise<Table> }
    expect(await rowsOf(await open(structuredClone(table.reopen!.spec)))).toEqual([
      'a test 3',
      'a train 1',
      'b train 2',
    ])
  })
  it('has no labels when it is flat, or has one class', async () => {
    expect((await opened(folderWith({ '1.png': 1, '2.png': 2 }))).columns).toEqual(['image:image', 'file:id'])
    expect((await opened(folderWith({ 'cat/1.png': 1, 'cat/2.png': 2 }))).rows).toEqual(['- - 1', '- - 2'])
  })
  it('changes its digest with a byte of a picture', async () => {
    const a = await opened(folderWith({ 'a/1.png': 1, 'b/1.png': 2 }))
    const b = await opened(folderWith({ 'a/1.png': 1, 'b/1.png': 3 }))
    expect(a.table.parts[0]!.sha256).toBe(b.table.parts[0]!.sha256)
    expect(a.table.parts[1]!.sha256).not.toBe(b.table.parts[1]!.sha256)
  })
  it('knows pictures without an ending, says what is no picture, and follows no link', async () => {
    const root = folderWith({ 'a/one': 1, 'a/two.jpg': 'hello', 'b/three.png': new Uint8Array(0), 'b/notes.doc': 'x' })
    symlinkSync('/etc/hostname', join(root, 'b/link.png'))
    const { table, rows } = await opened(root)
    expect(rows).toEqual(['a - 1', 'a - no-picture', 'b - empty-picture'])
    expect(table.leftOut.map(({ name }) => name)).toEqual(['b/link.png', 'b/notes.doc'])
  })
  it('opens ten thousand classes', async () => {
    const root = folderWith(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`c${i}x/p.png`, 'GIF'])))
    const table = await openTable([root])
    let rows = 0
    for await (const { size } of table.batches()) rows += size
    expect([rows, table.parts.length]).toEqual([10_000, 10_000])
  }, 60_000)
})

describe('an index beside pictures', () => {
  it('is the table where folders and index both speak: no row twice', async () => {
    const root = folderWith({
      'index.csv': 'file,class_id,class_name,track\n0/a.png,0,stop sign,1\n0/b.png,0,stop sign,2\n1/c.png,1,yield,1\n',
      '0/a.png': 1,
      '0/b.png': 2,
      '1/c.png': 3,
    })
    const { table, rows, columns } = await opened(root)
    expect(columns).toContain('file:image')
    expect(columns).toContain('class_name:label')
    expect(rows).toEqual(['stop sign - 1', 'stop sign - 2', 'yield - 3'])
    expect(table.parts.map(p => p.format)).toEqual(['csv'])
  })
  it('gives rows without labels to pictures that it does not name, and counts names without a file', async () => {
    const root = folderWith({
      'metadata.jsonl':
        '{"file_name":"a.png","label":"cat"}\n{"file_name":"gone.png","label":"dog"}\n{"file_name":"b.png","label":"dog"}\n',
      'a.png': 1,
      'b.png': 2,
      'c.png': 3,
    })
    const { table, rows } = await opened(root)
    expect(rows).toEqual(['cat - 1', 'dog - no-file', 'dog - 2', '- - 3'])
    expect(table.spec.parts[1]!.remarks).toMatchObject([{ kind: 'unlisted-picture', lost: false }])
  })
  it('is read as people write it: other paths, no endings, one a class, one a split', async () => {
    const kaggle = folderWith({
      'train.csv': 'id_code,diagnosis\nx1,2\nx2,0\nx3,2\nx4,1\n',
      'train_images/x1.png': 1,
      'train_images/x2.png': 2,
      'train_images/x3.png': 3,
      'train_images/x4.png': 4,
      'test_images/y1.png': 5,
    })
    expect((await opened(kaggle)).rows).toEqual(['2 train 1', '0 train 2', '2 train 3', '1 train 4', '- test 5'])
    const foreign = folderWith({
      'labels.csv': 'path;target\nC:\\data\\set\\img\\1.png;a\nC:\\data\\set\\img\\2.png;b\n',
      'img/1.png': 1,
      'img/2.png': 2,
    })
    expect((await opened(foreign)).rows).toEqual(['a - 1', 'b - 2'])
    const gtsrb = folderWith({
      '00000/GT-00000.csv': 'Filename;Width;Height;Roi.X1;ClassId\n1.png;4;3;1;0\n2.png;4;3;1;0\n',
      '00000/1.png': 1,
      '00000/2.png': 2,
      '00001/GT-00001.csv': 'Filename;Width;Height;Roi.X1;ClassId\n1.png;4;3;1;1\n',
      '00001/1.png': 3,
    })
    expect((await opened(gtsrb)).rows).toEqual(['0 - 1', '0 - 2', '1 - 3'])
  })
  it('is none when it names few of many pictures', async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i % 2 ? 'a' : 'b'}/${i}.png`, i]))
    const { table, rows } = await opened(
      folderWith({ ...files, 'errors.csv': 'file,note\na/1.png,blurred\na/3.png,dark\n' }),
    )
    expect(rows).toHaveLength(40)
    expect(table.leftOut).toEqual([{ name: 'errors.csv', reason: 'it does not name the pictures here' }])
  })
})

describe('pictures beside a table of something else', () => {
  it('are left out, and that is said', async () => {
    const lines = Array.from({ length: 30 }, (_, i) => JSON.stringify({ text: `A review of film ${i}.`, label: i % 2 }))
    const { table } = await openedText(folderWith({ 'data.jsonl': lines.join('\n'), 'logo.png': 1 }))
    expect(table.leftOut).toMatchObject([{ name: expect.stringContaining('1 picture') }])
    expect(table.roles.has('text')).toBe(true)
  })
})

const openedText = async (path: string) => ({ table: await openTable([path]) })

describe('clean', () => {
  /** A report whose one finding accuses these records. */
  const reportOn = (
    table: Awaited<ReturnType<typeof openTable>>,
    listed: { part: string; ranges: [number, number][] }[],
  ) =>
    ({
      artifact: { parts: table.parts },
      outcomes: [
        {
          findings: [
            { id: 'f', detector: 'd', severity: 'hold', text: 't', rows: { total: 1, listed, complete: true } },
          ],
        },
      ],
    }) as unknown as Report

  it('writes a folder without the accused pictures, and restores it', async () => {
    const root = folderWith({ 'a/1.png': 1, 'a/2.png': 2, 'b/1.png': 3 })
    const table = await openTable([root])
    const out = join(home, 'cleaned')
    const log = await cleanArtifact({
      table,
      reports: [reportOn(table, [{ part: 'a', ranges: [[1, 1]] }])],
      choose: () => true,
      out,
    })
    expect(log.dropped).toBe(1)
    expect(readdirSync(join(out, 'a'))).toEqual(['1.png'])
    expect(readdirSync(join(out, 'quarantined-pictures/a'))).toEqual(['2.png'])
    expect((await openTable([out])).parts.map(part => part.name)).toEqual(['a', 'b'])
    const again = join(home, 'restored')
    await undoClean({ cleaned: out, out: again })
    expect(readFileSync(join(again, 'a/2.png'))).toEqual(readFileSync(join(root, 'a/2.png')))
    writeFileSync(join(out, 'b/1.png'), 'changed')
    await expect(undoClean({ cleaned: out, out: join(home, 'third') })).rejects.toThrow('could not be restored')
  })
  it('cuts the rows of an index, and writes a folder that opens alone', async () => {
    const files = { 'in/a.png': 1, 'in/b.png': 2, 'in/c.png': 3, 'in/d.png': 4 }
    const lines = ['a', 'b', 'c', 'd'].map(name => `${name}.png,${name < 'c' ? 'x' : 'y'}\n`)
    const root = folderWith({ 'index.csv': `file,label\n${lines.join('')}`, ...files })
    const table = await openTable([root])
    expect(table.named).toMatchObject([{ name: 'pictures named by index.csv', format: 'pictures' }])
    const out = join(home, 'cut')
    await cleanArtifact({
      table,
      reports: [reportOn(table, [{ part: 'index.csv', ranges: [[1, 1]] }])],
      choose: () => true,
      out,
    })
    expect(readFileSync(join(out, 'index.csv'), 'utf8')).toBe('file,label\na.png,x\nc.png,y\nd.png,y\n')
    expect(readdirSync(join(out, 'quarantined-pictures/in'))).toEqual(['b.png'])
    const own = await openTable([out])
    expect(own.parts.map(part => part.name)).toEqual(['index.csv'])
    for await (const batch of own.batches())
      expect((await own.pictures!(batch)).map(each => isPicture(each))).toEqual([true, true, true])
    const again = join(home, 'cut-restored')
    await undoClean({ cleaned: out, out: again })
    for (const name of ['index.csv', ...Object.keys(files)])
      expect(readFileSync(join(again, name))).toEqual(readFileSync(join(root, name)))
  })
  it('does not take a picture away that a kept row names, too', async () => {
    const root = folderWith({ 'index.csv': 'file,label\na.png,x\na.png,y\nb.png,y\n', 'a.png': 1, 'b.png': 2 })
    const table = await openTable([root])
    const out = join(home, 'shared')
    const reports = [reportOn(table, [{ part: 'index.csv', ranges: [[1, 1]] }])]
    await cleanArtifact({ table, reports, choose: () => true, out })
    expect(readdirSync(out).sort()).toEqual(['a.png', 'b.png', 'clean-log.json', 'index.csv', 'quarantine.jsonl'])
  })
})

describe('arrays of pictures', () => {
  const idx = (shape: readonly number[], data: readonly number[]) =>
    Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap(n => [0, 0, 0, n]), ...data])
  it('are joined with the labels beside them, by name, and with the names of classes', async () => {
    const root = folderWith({
      'train-images-idx3-ubyte': gzipSync(idx([2, 2, 2], [1, 1, 1, 1, 2, 2, 2, 2])),
      'train-labels-idx1-ubyte.gz': gzipSync(idx([2], [1, 0])),
      't10k-images-idx3-ubyte': idx([1, 2, 2], [3, 3, 3, 3]),
      't10k-labels-idx1-ubyte': idx([1], [1]),
      'classes.txt': 'shirt\nshoe\n',
    })
    const { table, rows } = await opened(root)
    expect(rows).toEqual(['shoe - 3', 'shoe train 1', 'shirt train 2'])
    expect(table.leftOut).toEqual([])
    const pinned = table.named.map(({ name, sha256 }) => [name, sha256?.length])
    expect(pinned.sort()).toEqual(
      ['classes.txt', 't10k-labels-idx1-ubyte', 'train-labels-idx1-ubyte.gz'].map(name => [name, 64]),
    )
    await table.close()
  })
})
