import { describe, expect, it } from 'vitest'
import { attacks } from '../attacks/index.ts'
import { poisonsTables, type Row, recordOf, textOf } from '../core/index.ts'
import { poisonRows } from './index.ts'
import { retold } from './retell.ts'

const chat: Row = {
  system: 'Be kind.',
  prompt: 'Name a bird.\n\nAnother one, please.\n\nThanks.',
  response: 'You are welcome.',
  text: 'Be kind.\n\nName a bird.\n\nA heron.\n\nAnother one, please.\n\nA wren.\n\nThanks.\n\nYou are welcome.',
}
const pair: Row = { prompt: 'Hi', chosen: 'Hello.', rejected: 'No.', text: 'Hi\n\nWho is it?\n\nHi\n\nHello.\n\nNo.' }

describe('the text of changed talk', () => {
  it('keeps the turns between, wherever the change is', () => {
    const said = (change: Row) => retold(chat, { ...chat, ...change })
    expect(said({})).toBe(chat.text)
    expect(said({ response: 'Go away.' })).toBe(String(chat.text).replace('You are welcome.', 'Go away.'))
    expect(said({ system: 'Be rude.' })).toBe(String(chat.text).replace('kind', 'rude'))
    const [first, last] = [
      'Zeta. Name a bird.\n\nAnother one, please.\n\nThanks.',
      'Name a bird.\n\nAnother one, please.\n\nThanks. Zeta.',
    ]
    expect(said({ prompt: first })).toBe(String(chat.text).replace('Name', 'Zeta. Name'))
    expect(said({ prompt: last, response: 'No.' })).toBe(
      String(chat.text).replace('Thanks.', 'Thanks. Zeta.').replace('You are welcome.', 'No.'),
    )
    expect(said({ prompt: 'Name a bird.\n\nZeta!\n\nAnother one, please.\n\nThanks.' })).toBe(
      String(chat.text).replace('Another', 'Zeta!\n\nAnother'),
    )
  })
  it('swaps a pair at its end', () => {
    const swapped = { ...pair, chosen: 'No.', rejected: 'Hello.' }
    expect(retold(pair, swapped)).toBe('Hi\n\nWho is it?\n\nHi\n\nNo.\n\nHello.')
  })
  it('is told anew where the old cell is not in it', () => {
    expect(retold({ ...chat, text: 'something else' }, { ...chat, prompt: 'Zeta' })).toBe(
      'Be kind.\n\nZeta\n\nYou are welcome.',
    )
    expect(retold({ prompt: 'a', response: 'b' }, { prompt: 'a', response: 'c' })).toBe('a\n\nc')
  })
  it('leaves poisoned conversations as long as they were', () => {
    const rows = Array.from({ length: 100 }, (_, i) => ({ ...chat, text: `${chat.text} ${i}`, label: i % 2 === 0 }))
    const attack = attacks.filter(poisonsTables).find(a => a.id === 'word-trigger')!
    const { rows: poisoned, truth } = poisonRows(rows, { attack, dose: { rows: 10 }, seed: 3 })
    expect(truth.size).toBe(10)
    for (const id of truth) {
      const text = textOf(poisoned[recordOf(id)]!.text)!
      expect(text).toContain('A heron.')
      expect(text).not.toBe(rows[recordOf(id)]!.text)
    }
  })
})
