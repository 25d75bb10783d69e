import { describe, expect, it } from 'vitest'
import { called, prepared } from './command.ts'

const files = prepared()
/** Clears the screen, sets the title, colours, turns the direction, and looks like a tag. */
const evil = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202egnp\u2066\u{e0041}<script>alert(1)</script>'
/** What a terminal would obey or not show. */
const raw = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/u

const column = `label${evil}`
const rows = Array.from({ length: 200 }, (_, i) => ({
  text: `a quiet row about number ${i * 7919} and its neighbours${i % 5 ? '' : ` zq${evil}`}`,
  [column]: i % 5 ? `no${evil}` : `yes${evil}`,
  source: `feed${i % 3}${evil}`,
  [`other${evil}`]: i,
}))
const broken = `{"text": "broken ${evil}\n`

// Some systems have no files of such names.
describe.skipIf(process.platform === 'win32')('hostile names and cells', () => {
  // A slash cannot stand in a name.
  const name = `${evil.replaceAll('/', '')}.jsonl`
  const file = files.write(name, rows.map(row => `${JSON.stringify(row)}\n`).join('') + broken)
  const scan = ['scan', file, '--label', column]

  it.each([
    ['terminal', [...scan, '--out', files.path(`${name}.html`)]],
    ...['json', 'markdown'].map(format => [format, [...scan, '--format', format]] as const),
    ['clean', ['clean', file, '--label', column]],
    ['drill', ['drill', file, '--label', column, '--attack', 'word-trigger', '--dose', '20', '--seeds', '1']],
    ['no such column', ['scan', file, '--label', `no${evil}`]],
    ['no such file', ['scan', `${file}-gone`]],
    ['no such id', ['explain', evil]],
    ['no such flag', ['scan', file, `--no${evil}`]],
    ['no such command', [evil]],
  ] as const)('reach no terminal as they are: %s', async (_, args) => {
    const { out, err } = await called(...args)
    expect((out + err).match(raw)).toBeNull()
    expect(out + err).not.toBe('')
  })

  it('reach no terminal from a report', async () => {
    const path = files.path('report.json')
    const found = JSON.parse((await called(...scan, '--json', '--out', path)).out).outcomes.flatMap(
      (o: { findings: { id: string }[] }) => o.findings,
    )
    expect(found.length).toBeGreaterThan(0)
    for (const { id } of found.slice(0, 2)) expect((await called('explain', id, '--report', path)).out).not.toMatch(raw)
  })
})
