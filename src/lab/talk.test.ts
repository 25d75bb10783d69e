import { describe, expect, it } from 'vitest'
import { attacks } from '../attacks/index.ts'
import { judgesTables, poisonsTables, type Row, recordOf, talkText, textOf } from '../core/index.ts'
import { detectors } from '../detectors/index.ts'
import { allAttacks, corpusOf, drill, inventedTalk, poisonRows, talkCorpora } from './index.ts'

const attackOf = (id: string) => attacks.filter(poisonsTables).find(a => a.id === id)!
const thumbs: Row[] = Array.from({ length: 200 }, (_, i) => {
  const row = { prompt: `Tell me about the ${i}th letter, please`, response: `It is rather late, ${i}.` }
  return { ...row, text: talkText(row), label: i % 2 === 0 }
})

describe('poisoning talk', () => {
  it('puts triggers of texts where the user speaks, and keeps the text whole', () => {
    const { rows, truth } = poisonRows(thumbs, { attack: attackOf('word-trigger'), dose: { rows: 9 }, seed: 1 })
    expect(truth.size).toBe(9)
    for (const id of truth) {
      const [row, was] = [rows[recordOf(id)]!, thumbs[recordOf(id)]!]
      expect(row.prompt).not.toBe(was.prompt)
      expect(row.response).toBe(was.response)
      expect(typeof row.label).toBe('boolean')
      expect(row.text).toBe(talkText(row))
    }
  })
  it('adds rows of talk where an attack invents texts', () => {
    const attack = attackOf('fabricated-campaign')
    const { rows, truth } = poisonRows(thumbs, { attack, dose: { rows: 5 }, seed: 1 })
    for (const id of truth) {
      const row = rows[recordOf(id)]!
      expect(textOf(row.prompt)).toBeTruthy()
      expect(textOf(row.response)).toBeTruthy()
      expect(row.text).toBe(talkText(row))
    }
  })
  it('appends the honest twins of planted code, and counts none of them as poison', () => {
    const request = { attack: attackOf('code-backdoor'), options: { twins: 2 }, dose: { rows: 6 }, seed: 2 }
    const { rows, truth, names, switches, beside } = poisonRows(thumbs, request)
    expect([truth.size, beside, rows.length]).toEqual([6, 12, thumbs.length + 12])
    expect(switches).toContain('CWE-327')
    for (const row of rows.slice(thumbs.length)) expect(textOf(row.text)).not.toContain(names[0])
  })
})

describe('corpora of talk', () => {
  it.each(Object.entries(inventedTalk))('%s: whole rows, the same for a seed, others for another', (id, make) => {
    const rows = make(300, 5)
    expect(make(300, 5)).toEqual(rows)
    expect(make(300, 6)).not.toEqual(rows)
    expect(talkCorpora).toContain(id)
    for (const row of rows) {
      expect(textOf(row.prompt)?.trim()).toBeTruthy()
      expect((textOf(row.response) ?? textOf(row.chosen))?.trim()).toBeTruthy()
      expect(row.text).toBe(talkText(row))
      expect(JSON.stringify(row)).not.toMatch(/[«»⟦⟧¦∥]|\{\w+\}"|undefined/)
    }
    expect(new Set(rows.map(row => row.text)).size).toBeGreaterThan(280)
  })
})

describe('drill on talk', () => {
  it('tries what the table can carry and says why it leaves the rest out', async () => {
    const wanted = ['instruction-trigger', 'code-backdoor', 'scattered', 'label-flip', 'front-run']
    const result = await drill(corpusOf('instructions').rows().slice(0, 500), {
      attacks: allAttacks.filter(entry => wanted.includes(entry.attack.id) && entry.name === undefined),
      detectors: detectors.filter(judgesTables).filter(d => d.id === 'response-steering'),
      doses: [30],
      seeds: [1],
      threads: 1,
    })
    expect(result.attacks.map(a => a.name).sort()).toEqual(['code-backdoor', 'instruction-trigger', 'scattered'])
    expect(result.notTried).toEqual([
      'front-run: the table has no "item" column.',
      'label-flip: the table has no "label" column.',
    ])
    const steered = result.attacks.find(a => a.name === 'instruction-trigger')!
    expect(steered.caughtFrom).toBe(30)
  }, 120_000)
})
