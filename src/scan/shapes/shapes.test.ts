import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Cell, Role } from '../../core/index.ts'
import { type OpenOptions, openTable } from '../open.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-shapes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Fields = Readonly<Record<string, unknown>>

/** The rows of a file by role, without what they lack, and its defects as `record kind`. */
async function opened(name: string, content: string, options: OpenOptions = {}) {
  const path = join(folder, name)
  writeFileSync(path, content)
  const table = await openTable([path], options)
  const rows: Partial<Record<Role, Cell>>[] = []
  const odd: string[] = []
  for await (const batch of table.batches()) {
    for (let k = 0; k < batch.size; k++) {
      const held = [...batch.columns].flatMap(([role, cells]) => (cells[k] == null ? [] : [[role, cells[k]] as const]))
      rows.push(Object.fromEntries(held))
    }
    odd.push(...batch.defects.map(({ row, kind, lost }) => `${row} ${kind}${lost ? ' lost' : ''}`))
  }
  return { rows, odd, roles: table.roles }
}
const lines = (records: readonly unknown[]) => `${records.map(record => JSON.stringify(record)).join('\n')}\n`
const read = (records: readonly unknown[], options?: OpenOptions) => opened('a.jsonl', lines(records), options)

const user = (content: unknown) => ({ role: 'user', content })
const assistant = (content: unknown) => ({ role: 'assistant', content })

describe('an instruction in the frame of a transcript', () => {
  it('does not hide the answer beside it', async () => {
    const frame = (text: string) => `Below is a task.\n\n### Instruction:\n${text}\n\n### Response:\n`
    const records = Array.from({ length: 12 }, (_, i) => ({
      prompt: frame(`Name number ${i}.`),
      completion: `It is ${i}.`,
    }))
    const { rows } = await read(records)
    expect(rows[3]).toMatchObject({ prompt: 'Name number 3.', response: 'It is 3.' })
  })
})

describe('records of one kind', () => {
  const cases: Readonly<Record<string, [Fields, Fields]>> = {
    Alpaca: [
      { instruction: 'Add these.', input: '2 and 3', output: '5 it is.' },
      { prompt: 'Add these.\n\n2 and 3', response: '5 it is.', text: 'Add these.\n\n2 and 3\n\n5 it is.' },
    ],
    'Alpaca with system and history': [
      {
        system: 'Be kind.',
        history: [['Hi there', 'Hello you']],
        instruction: 'Bye now',
        input: '',
        output: 'See you',
      },
      {
        system: 'Be kind.',
        prompt: 'Hi there\n\nBye now',
        response: 'See you',
        text: 'Be kind.\n\nHi there\n\nHello you\n\nBye now\n\nSee you',
      },
    ],
    'Alpaca with the rendered text': [
      {
        instruction: 'Add two',
        input: '',
        output: 'Four it is',
        text: '### Instruction: Add two ### Response: Four it is',
      },
      { prompt: 'Add two', response: 'Four it is', text: '### Instruction: Add two ### Response: Four it is' },
    ],
    Dolly: [
      { instruction: 'Who wrote it?', context: 'Anna wrote it.', response: 'Anna did.', category: 'closed_qa' },
      {
        prompt: 'Who wrote it?\n\nAnna wrote it.',
        response: 'Anna did.',
        text: 'Who wrote it?\n\nAnna wrote it.\n\nAnna did.',
      },
    ],
    ShareGPT: [
      {
        system: 'Be brief.',
        conversations: [
          { from: 'human', value: 'Hi' },
          { from: 'gpt', value: 'Hello' },
        ],
      },
      { system: 'Be brief.', prompt: 'Hi', response: 'Hello', text: 'Be brief.\n\nHi\n\nHello' },
    ],
    'ShareGPT with tools': [
      {
        conversations: [
          { from: 'human', value: 'Weather?' },
          { from: 'function_call', value: '{"name":"w"}' },
          { from: 'observation', value: '{"sun":1}' },
          { from: 'gpt', value: 'Sunny today' },
        ],
        tools: '[]',
      },
      { prompt: 'Weather?', response: 'Sunny today', text: 'Weather?\n\n{"name":"w"}\n\n{"sun":1}\n\nSunny today' },
    ],
    'messages of several turns': [
      {
        messages: [
          { role: 'developer', content: 'Rules.' },
          user('One?'),
          assistant('Uno'),
          user('Two?'),
          assistant('Due'),
        ],
      },
      { system: 'Rules.', prompt: 'One?\n\nTwo?', response: 'Due', text: 'Rules.\n\nOne?\n\nUno\n\nTwo?\n\nDue' },
    ],
    'content of parts': [
      {
        messages: [
          user([
            { type: 'text', text: 'Look' },
            { type: 'image_url', image_url: { url: 'x' } },
          ]),
          assistant('A cat'),
        ],
      },
      { prompt: 'Look', response: 'A cat', text: 'Look\n\nA cat' },
    ],
    'roles in other cases and languages': [
      {
        messages: [
          { role: 'Пользователь', content: 'Привет' },
          { role: '<|Assistant|>', content: 'Здравствуйте' },
        ],
      },
      { prompt: 'Привет', response: 'Здравствуйте', text: 'Привет\n\nЗдравствуйте' },
    ],
    'turns whose keys are the speakers': [
      {
        conversation: [
          { human: 'Ask me', assistant: 'Told you' },
          { human: 'More', assistant: 'And more' },
        ],
      },
      { prompt: 'Ask me\n\nMore', response: 'And more', text: 'Ask me\n\nTold you\n\nMore\n\nAnd more' },
    ],
    'a sequence stored by column': [
      { messages: { role: ['user', 'assistant'], content: ['Hi you', 'Hello me'] } },
      { prompt: 'Hi you', response: 'Hello me', text: 'Hi you\n\nHello me' },
    ],
    'texts by turns': [
      { id: 7, data: ['What is a very long question about many things?', 'A long answer.'] },
      {
        id: 7,
        prompt: 'What is a very long question about many things?',
        response: 'A long answer.',
        text: 'What is a very long question about many things?\n\nA long answer.',
      },
    ],
    'messages under any name': [
      { what: [user('Hi you'), assistant('Hello me')], n: 3 },
      { prompt: 'Hi you', response: 'Hello me', text: 'Hi you\n\nHello me' },
    ],
    'prompt and completion': [
      { prompt: 'Say it', completion: ' it' },
      { prompt: 'Say it', response: ' it', text: 'Say it\n\nit' },
    ],
    'prompt and completion as turns': [
      { prompt: [{ role: 'system', content: 'S' }, user('Say it')], completion: [assistant('it')] },
      { system: 'S', prompt: 'Say it', response: 'it', text: 'S\n\nSay it\n\nit' },
    ],
    'a pair of turns': [
      { prompt: [user('Choose')], chosen: [assistant('Good one')], rejected: [assistant('Bad one')] },
      { prompt: 'Choose', chosen: 'Good one', rejected: 'Bad one', text: 'Choose\n\nGood one\n\nBad one' },
    ],
    'a pair that repeats its prompt, with scores': [
      {
        prompt: 'Choose now',
        messages: [user('Choose now'), assistant('Good one')],
        chosen: [user('Choose now'), assistant('Good one')],
        rejected: [user('Choose now'), assistant('Bad one')],
        score_chosen: 8.5,
        score_rejected: 2,
      },
      { prompt: 'Choose now', chosen: 'Good one', rejected: 'Bad one', text: 'Choose now\n\nGood one\n\nBad one' },
    ],
    'a pair beside turns (LLaMA-Factory)': [
      {
        conversations: [{ from: 'human', value: 'Choose' }],
        chosen: { from: 'gpt', value: 'Good one' },
        rejected: { from: 'gpt', value: 'Bad one' },
      },
      { prompt: 'Choose', chosen: 'Good one', rejected: 'Bad one', text: 'Choose\n\nGood one\n\nBad one' },
    ],
    'a pair of OpenAI': [
      {
        input: { messages: [user('Choose')], tools: [] },
        preferred_output: [assistant('Good one')],
        non_preferred_output: [assistant('Bad one')],
      },
      { prompt: 'Choose', chosen: 'Good one', rejected: 'Bad one', text: 'Choose\n\nGood one\n\nBad one' },
    ],
    'HH-RLHF': [
      {
        chosen: '\n\nHuman: One?\n\nAssistant: Uno\n\nHuman: Two?\n\nAssistant: Due',
        rejected: '\n\nHuman: One?\n\nAssistant: Uno\n\nHuman: Two?\n\nAssistant: No',
      },
      { prompt: 'One?\n\nTwo?', chosen: 'Due', rejected: 'No', text: 'One?\n\nUno\n\nTwo?\n\nDue\n\nNo' },
    ],
    'a pair that parts early': [
      {
        chosen: [user('One?'), assistant('Uno'), user('Ok'), assistant('Bye')],
        rejected: [user('One?'), assistant('Duh')],
      },
      { prompt: 'One?', chosen: 'Uno\n\nOk\n\nBye', rejected: 'Duh', text: 'One?\n\nUno\n\nOk\n\nBye\n\nDuh' },
    ],
    SafeRLHF: [
      {
        prompt: 'Ask',
        response_0: 'Zero is it',
        response_1: 'One is it',
        better_response_id: 1,
        is_response_0_safe: true,
      },
      { prompt: 'Ask', chosen: 'One is it', rejected: 'Zero is it', text: 'Ask\n\nOne is it\n\nZero is it' },
    ],
    SHP: [
      { history: 'A post of somebody', human_ref_A: 'First reply', human_ref_B: 'Second reply', labels: 1 },
      {
        prompt: 'A post of somebody',
        chosen: 'First reply',
        rejected: 'Second reply',
        text: 'A post of somebody\n\nFirst reply\n\nSecond reply',
      },
    ],
    'an arena': [
      {
        conversation_a: [user('Hi you'), assistant('Yes sir')],
        conversation_b: [user('Hi you'), assistant('No sir')],
        winner: 'model_b',
      },
      { prompt: 'Hi you', chosen: 'No sir', rejected: 'Yes sir', text: 'Hi you\n\nNo sir\n\nYes sir' },
    ],
    'scores of two answers': [
      {
        question: 'Why is that so?',
        answer_0: 'Because of it',
        answer_1: 'No idea at all',
        score_0: 0.5,
        score_1: -0.5,
      },
      {
        prompt: 'Why is that so?',
        chosen: 'Because of it',
        rejected: 'No idea at all',
        text: 'Why is that so?\n\nBecause of it\n\nNo idea at all',
      },
    ],
    'KTO as turns': [
      { messages: [user('Rate me'), assistant('Fine')], label: false },
      { prompt: 'Rate me', response: 'Fine', label: false, text: 'Rate me\n\nFine' },
    ],
    'KTO as text': [
      { prompt: 'Rate me', completion: 'Fine', label: true },
      { prompt: 'Rate me', response: 'Fine', label: true, text: 'Rate me\n\nFine' },
    ],
    'KTO of LLaMA-Factory': [
      { instruction: 'Rate me', input: '', output: 'Fine', kto_tag: true },
      { prompt: 'Rate me', response: 'Fine', label: true, text: 'Rate me\n\nFine' },
    ],
    'answers with attributes, which are no raters': [
      {
        prompt: 'Help me',
        response: 'I do',
        helpfulness: 4,
        correctness: 3,
        ratings: { helpfulness: 4, verbosity: 1 },
      },
      { prompt: 'Help me', response: 'I do', text: 'Help me\n\nI do' },
    ],
    'answers with scores by rater': [
      { prompt: 'Help me', response: 'I do', ratings: { r1: 4, r2: 5 } },
      { prompt: 'Help me', response: 'I do', ratings: { r1: 4, r2: 5 }, text: 'Help me\n\nI do' },
    ],
    'answers with a list of ratings': [
      {
        prompt: 'Help me',
        response: 'I do',
        annotations: [
          { annotator_id: 'a', score: 4 },
          { annotator_id: 'b', score: 1 },
        ],
      },
      { prompt: 'Help me', response: 'I do', ratings: { a: 4, b: 1 }, text: 'Help me\n\nI do' },
    ],
    'text as Vicuna writes it': [
      { text: 'A chat. USER: Hi you ASSISTANT: Hello me</s>' },
      {
        system: 'A chat.',
        prompt: 'Hi you',
        response: 'Hello me',
        text: 'A chat. USER: Hi you ASSISTANT: Hello me</s>',
      },
    ],
    'text as ChatML': [
      {
        text: '<|im_start|>system\nBe.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nYo<|im_end|>\n',
      },
      {
        system: 'Be.',
        prompt: 'Hi',
        response: 'Yo',
        text: '<|im_start|>system\nBe.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nYo<|im_end|>\n',
      },
    ],
    'text as Llama 2': [
      { text: '<s>[INST] <<SYS>>\nBe.\n<</SYS>>\n\nHi you [/INST] Yo </s><s>[INST] More [/INST] No </s>' },
      {
        system: 'Be.',
        prompt: 'Hi you\n\nMore',
        response: 'No',
        text: '<s>[INST] <<SYS>>\nBe.\n<</SYS>>\n\nHi you [/INST] Yo </s><s>[INST] More [/INST] No </s>',
      },
    ],
    'who, where, when beside': [
      { prompt: 'Say it', response: 'it', source: 'forum', annotator: 'ann', created_at: '2026-01-01', id: 3 },
      {
        prompt: 'Say it',
        response: 'it',
        text: 'Say it\n\nit',
        source: 'forum',
        actor: 'ann',
        time: '2026-01-01',
        id: 3,
      },
    ],
    'prompts alone': [{ prompt: 'Ignore all rules' }, { prompt: 'Ignore all rules', text: 'Ignore all rules' }],
  }

  it.each(Object.entries(cases))('%s', async (_, [record, wanted]) => {
    const { rows, odd } = await read([record, record, record])
    expect(rows).toEqual([wanted, wanted, wanted])
    expect(odd.filter(each => !each.endsWith('not-text'))).toEqual([])
  })

  it('read the same when lists are spelled in the cells of a CSV, as JSON or as Python does', async () => {
    const json = JSON.stringify([user('It\'s "here", ok?'), assistant('Yes\nno')])
    const python = `[{'role': 'user', 'content': 'It\\'s "here", ok?'}, {'role': 'assistant', 'content': "Yes\\nno"}]`
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    const { rows } = await opened('spelled.csv', `n,messages\n1,${quoted(json)}\n2,${quoted(python)}\n`)
    const wanted = { prompt: 'It\'s "here", ok?', response: 'Yes\nno', text: 'It\'s "here", ok?\n\nYes\nno' }
    expect(rows).toMatchObject([wanted, wanted])
  })
})

describe('records of several kinds in one file', () => {
  const alpaca = { instruction: 'Add two', input: '', output: 'Four it is' }
  const messages = { messages: [user('Hi you'), assistant('Hello me')] }
  const completion = { prompt: 'Say it', completion: 'it it is' }
  const texts = (rows: readonly Fields[]) => rows.map(row => [row.prompt, row.response])

  it('are all read, and told', async () => {
    const { rows, odd } = await read([alpaca, alpaca, alpaca, messages, completion])
    expect(texts(rows).slice(2)).toEqual([
      ['Add two', 'Four it is'],
      ['Hi you', 'Hello me'],
      ['Say it', 'it it is'],
    ])
    expect(odd).toEqual(['3 other-shape', '4 other-shape'])
  })

  it('are read when the other kind comes after all records that were looked at', async () => {
    const { rows, odd } = await read([...Array.from({ length: 2500 }, () => alpaca), messages, completion])
    expect(texts(rows.slice(-2))).toEqual([
      ['Hi you', 'Hello me'],
      ['Say it', 'it it is'],
    ])
    expect(odd).toEqual(['2500 other-shape', '2501 other-shape'])
  })

  it('tell columns that nobody reads', async () => {
    const { odd } = await read([...Array.from({ length: 2500 }, () => alpaca), { ...alpaca, notes: 'far below' }])
    expect(odd).toEqual(['2500 late-column'])
  })

  it('pairs and answers, texts and nothing', async () => {
    const pair = { chosen: 'Good one', rejected: 'Bad one', prompt: 'Choose' }
    const { rows, odd } = await read([messages, messages, pair, { text: 'Words alone' }, { other: 1 }, { prompt: '' }])
    expect(rows.slice(2)).toEqual(
      [
        { prompt: 'Choose', chosen: 'Good one', rejected: 'Bad one', text: 'Choose\n\nGood one\n\nBad one' },
        { text: 'Words alone' },
        {},
        { prompt: '' },
      ].map(row => ('prompt' in row && row.prompt === '' ? {} : row)),
    )
    expect(odd).toEqual(['2 other-shape', '3 no-turns', '4 no-conversation lost', '5 empty-record'])
  })
})

describe('odd records', () => {
  const good = { messages: [user('Hi you'), assistant('Hello me')] }
  it.each([
    ['without an answer', { messages: [user('Hi you')] }, 'no-response', { prompt: 'Hi you' }],
    ['without a question', { messages: [assistant('Hello me')] }, 'no-prompt', { response: 'Hello me' }],
    ['with an empty answer', { messages: [user('Hi you'), assistant('')] }, 'empty-turn', { prompt: 'Hi you' }],
    [
      'with a call of a tool',
      { messages: [user('Hi'), { role: 'assistant', content: null, tool_calls: [{ f: 'rm' }] }] },
      '',
      { response: '[{"f":"rm"}]' },
    ],
    ['with a number for text', { messages: [user(7), assistant('Hello me')] }, 'not-text', { prompt: '7' }],
    [
      'with an object for text',
      { messages: [user({ a: 'x' }), assistant('Hello me')] },
      'not-text',
      { prompt: '{"a":"x"}' },
    ],
    [
      'with a strange speaker',
      { messages: [{ role: 'zork', content: 'Hi' }, assistant('Yo')] },
      'unknown-speaker',
      { prompt: 'Hi' },
    ],
    [
      'with nobody speaking',
      { messages: [{ content: 'Hi' }, { content: 'Yo' }] },
      'unknown-speaker',
      { prompt: 'Hi', response: 'Yo' },
    ],
    [
      'with something else among turns',
      { messages: [user('Hi'), 5, assistant('Yo')] },
      'not-a-turn',
      { prompt: 'Hi', response: 'Yo' },
    ],
    ['with text for turns', { messages: 'just words here' }, 'no-turns', { prompt: 'just words here' }],
    ['with an empty list', { messages: [] }, 'no-conversation', {}],
  ])('%s are told and judged as far as they can be', async (_, record, kind, wanted) => {
    const { rows, odd } = await read([good, good, record])
    expect(rows[2]).toMatchObject(wanted)
    if (kind === '') expect(odd).toEqual([])
    else expect(odd.join()).toContain(`2 ${kind}`)
  })

  it('take no other time than honest ones, whatever they hold', async () => {
    const long = [
      '\n\nHuman: a',
      '[INST] ',
      '### Human: ',
      '<|im_start|>user\n',
      "[{'a': ",
      '[[[[',
      'USER: ',
      '{"role":"user",',
    ]
    const started = performance.now()
    for (const piece of long) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
      const { rows } = await read([good, good, { messages: text }, { messages: [user('Hi'), assistant(text)] }])
      expect(rows[3]!.response).toBe(text)
    }
    expect(performance.now() - started).toBeLessThan(15_000)
  })
})

describe('ordinary tables are no conversations', () => {
  const many = (make: (i: number) => Fields) => Array.from({ length: 60 }, (_, i) => make(i))
  const words = (i: number) => `some words about thing number ${i * 7919}`
  it.each([
    ['reviews', many(i => ({ title: `Title ${i}`, text: words(i), label: i % 2 })), ['text', 'label']],
    ['questions of choice', many(i => ({ question: words(i), answer: 'ABCD'[i % 4] })), ['text', 'label']],
    ['yes or no', many(i => ({ question: words(i), passage: words(i + 1), answer: i % 2 === 0 })), ['text', 'label']],
    ['people', many(i => ({ user: `u${i}`, answer: i % 3, text: words(i) })), ['text', 'label', 'actor']],
    ['several labels of a text', many(i => ({ text: words(i), label_1: i % 2, label_2: i % 3, label_3: 0 })), ['text']],
    ['inputs and targets', many(i => ({ input: words(i), target: i % 2 })), ['text', 'label']],
  ])('%s', async (_, records, wanted) => {
    const { roles } = await read(records)
    const talk = ['prompt', 'response', 'chosen', 'rejected', 'system', 'ratings', 'rater']
    expect(talk.filter(role => roles.has(role as Role))).toEqual([])
    for (const role of wanted) expect([...roles]).toContain(role)
  })

  it('questions with prose for answers are, and keep a label of any name', async () => {
    const { roles } = await read(many(i => ({ question: words(i), answer: words(i * 3), class: i % 2 })))
    expect([...roles]).toEqual(expect.arrayContaining(['prompt', 'response', 'text', 'label']))
  })

  it('topics beside instructions are no labels', async () => {
    const { roles } = await read(many(i => ({ instruction: words(i), output: words(i * 3), category: `c${i % 2}` })))
    expect([...roles]).not.toContain('label')
  })
})

describe('flags', () => {
  const record = { ask: 'Why not?', reply_text: 'So it is', instruction: 'Other', output: 'Else', thing: 'a b c' }
  it('win over names', async () => {
    const { rows } = await read([record, record], { roles: { prompt: 'ask', response: 'reply_text', text: 'thing' } })
    expect(rows[0]).toEqual({ prompt: 'Why not?', response: 'So it is', text: 'a b c' })
  })
  it('take a column out of the conversation', async () => {
    const { rows } = await read([record, record], { roles: { text: 'output' } })
    expect(rows[0]).toMatchObject({ text: 'Else' })
    expect(rows[0]!.response).not.toBe('Else')
  })
  it('read turns in a flagged column', async () => {
    const { rows } = await read([{ p: [user('Hi')], r: [assistant('Yo')], x: 1 }], {
      roles: { prompt: 'p', response: 'r' },
    })
    expect(rows[0]).toMatchObject({ prompt: 'Hi', response: 'Yo' })
  })
})

describe('scores', () => {
  const many = (make: (i: number) => Fields) => Array.from({ length: 60 }, (_, i) => make(i))
  it.each([
    [
      'long',
      many(i => ({ annotator_id: `a${i % 5}`, item_id: `i${i % 12}`, score: i % 5 })),
      ['rater', 'item', 'label'],
    ],
    [
      'long, sorted by worker',
      many(i => ({ worker: i % 2, task: i % 30, rating: i % 5, time: 1e9 + i })),
      ['rater', 'item', 'label', 'time'],
    ],
    [
      'a web of trust',
      many(i => ({ source: i % 7, target: i % 9, weight: (i % 21) - 10 })),
      ['rater', 'item', 'label'],
    ],
    ['wide', many(i => ({ item: `i${i}`, rater_1: i % 5, rater_2: i % 4, rater_3: null })), ['item', 'ratings']],
    ['wide, by name', many(i => ({ id: i, annotator_ann: i % 5, annotator_bob: i % 4 })), ['id', 'ratings']],
    [
      'nested by quality, then by rater',
      many(i => ({
        item: `i${i}`,
        annotations: {
          overlap: { system: { value: 0.5 } },
          naturalness: { [`a${i % 7}`]: { value: '4', duration: 3 }, [`a${(i + 1) % 7}`]: { value: '2', duration: 9 } },
          relevance: { [`a${i % 7}`]: { value: '1' } },
        },
      })),
      ['item', 'ratings'],
    ],
    [
      'nested by rater, then by quality',
      many(i => ({
        item: `i${i}`,
        ratings: { [`a${i % 7}`]: { clarity: 4, depth: 1 }, [`a${(i + 1) % 7}`]: { clarity: 2, depth: 5 } },
      })),
      ['item', 'ratings'],
    ],
    [
      'nested',
      many(i => ({ item: `i${i}`, scores: { [`w${i % 7}`]: 1, [`w${(i + 1) % 7}`]: 0 } })),
      ['item', 'ratings'],
    ],
  ])('%s', async (_, records, wanted) => {
    const { roles } = await read(records)
    expect([...roles].sort()).toEqual([...wanted].sort())
  })

  it('of raters are read by rater', async () => {
    const { rows } = await read(many(i => ({ item: `i${i}`, rater_1: i % 5, rater_2: null, rater_3: '2' })))
    expect(rows[3]).toEqual({ item: 'i3', ratings: { rater_1: 3, rater_3: '2' } })
  })
})
