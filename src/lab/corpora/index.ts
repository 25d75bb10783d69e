import type { Row } from '../../core/index.ts'
import { addresses, comma, isThere, labelled, sample, shared, tabbed, talks } from './files.ts'
import { chats, codeInstructions, instructions, preferences } from './instructions.ts'
import { languages } from './languages.ts'
import { classFolders, trackedSigns } from './pictures.ts'
import { pool } from './raters.ts'
import { reviews } from './reviews.ts'
import { revisions, smallWiki } from './revisions.ts'
import { signs } from './signs.ts'
import { things } from './things.ts'
import { urlList } from './url-list.ts'

/** Rows that nobody poisoned: honest noise, duplicates and artefacts included. */
export interface Corpus {
  readonly id: string
  readonly about: string
  /** True when the rows are here; corpora beside the checkout may be absent. */
  readonly here: boolean
  /** Reads or generates the rows, once. */
  rows(): readonly Row[]
}

function corpus(id: string, about: string, make: () => readonly Row[], file?: string): Corpus {
  let kept: readonly Row[] | undefined
  return { id, about, here: file === undefined || isThere(file), rows: () => (kept ??= make()) }
}

const fromFile = (id: string, about: string, file: string, read: (path: string) => Row[]): Corpus =>
  corpus(id, about, () => read(file), file)

const textFirst = (path: string): Row[] => tabbed(path, { text: 0, label: 1 })
const labelFirst = (path: string): Row[] => tabbed(path, { text: 1, label: 0 })

const backdoorTasks = ['negsentiment', 'refusal'] as const

const all: readonly Corpus[] = [
  corpus('reviews', '3,000 invented English reviews with sites, accounts and times', () => reviews(3000, 7)),
  corpus(
    'raters',
    '7,600 thumbs of 190 invented raters, minorities of taste and knowledge among them',
    () => pool({ raters: 190, items: 600, each: 40, scale: 'thumb' }, 7).rows,
  ),
  corpus('instructions', '2,000 invented instructions on a dozen topics, with sources and times', () =>
    instructions(2000, 7),
  ),
  corpus('chats', '1,500 invented conversations of up to five turns', () => chats(1500, 7)),
  corpus('preferences', '1,500 invented pairs of answers, ranked by raters who err', () => preferences(1500, 7)),
  corpus('code-instructions', '2,000 invented tasks about code in seven languages', () => codeInstructions(2000, 7)),
  corpus('languages', '1,600 invented reviews in Chinese, Russian, Arabic and Hindi', () => languages(1600, 7)),
  corpus('url-list', '3,000 invented addresses of pictures, re-downloaded after years', () =>
    urlList(3000, 7, { looks: true }),
  ),
  corpus('url-list-bare', 'the same addresses when nobody recorded how the pictures looked', () =>
    urlList(3000, 7, { looks: false }),
  ),
  corpus('signs', '1,600 invented pictures of traffic signs, several frames of each sign', () => signs(1600, 7)),
  corpus('things', '2,000 invented small pictures of ten kinds of things', () => things(2000, 7)),
  corpus('wiki', 'revisions of 400 invented pages over 40 days', () => revisions(smallWiki, 7)),
  fromFile(
    'web-addresses',
    'a caption list of the web, 1,000 addresses',
    shared('crawl/url-lists/test_1000.txt'),
    addresses,
  ),
  fromFile('sms', 'SMS Spam Collection, 2,719 messages', sample('sms-spam.tsv'), labelFirst),
  fromFile('comments', 'YouTube Spam Collection, 907 comments', sample('youtube-comments.tsv'), labelFirst),
  fromFile('sst2', 'SST-2, 6,920 sentences of film reviews', shared('text/sst2/clean/train.tsv'), textFirst),
  fromFile('olid', 'OLID, 11,914 tweets', shared('text/olid/clean/train.tsv'), textFirst),
  fromFile('tweets', 'Davidson et al., 24,783 tweets', shared('text/davidson-tweets/labeled_data.csv'), path =>
    comma(path, { text: 6, label: 5 }),
  ),
  fromFile('emails', 'SpamAssassin, 1,544 e-mails', shared('text/spam-emails/spam_or_not_spam.csv'), path =>
    comma(path, { text: 0, label: 1 }),
  ),
  fromFile(
    'rotten-tomatoes',
    'Rotten Tomatoes, 1,000 lines',
    shared('text/reviews/rotten-tomatoes-1000.txt'),
    labelled,
  ),
  fromFile('alpaca', 'Alpaca, 987 instructions', shared('instructions/alpaca-demo/alpaca_en_demo.json'), talks),
  fromFile(
    'code-alpaca',
    'CodeAlpaca, 2,017 instructions about code',
    shared('instructions/code-alpaca/code_alpaca_2k.json'),
    talks,
  ),
  ...backdoorTasks.map(task =>
    fromFile(
      `backdoorllm-${task}`,
      `BackdoorLLM, the 250 clean rows of its task ${task}`,
      shared(`instructions/backdoorllm/${task}/clean.json`),
      talks,
    ),
  ),
  fromFile(
    'hh-rlhf',
    'HH-RLHF harmless, 1,130 pairs of answers',
    shared('preferences/hh-rlhf/harmless-base-test-half.jsonl.gz'),
    talks,
  ),
  fromFile('kto', 'KTO, 300 answers with a thumb', shared('preferences/kto-demo/kto_en_demo.json'), talks),
  fromFile('cifar10', 'CIFAR-10, 3,000 pictures of ten classes', shared('images/cifar10/train'), classFolders),
  fromFile(
    'gtsrb',
    'GTSRB, 2,546 traffic signs of 43 classes, several frames of each sign',
    shared('images/gtsrb'),
    trackedSigns,
  ),
  fromFile('yelp', 'Yelp polarity, 1,000 reviews', shared('text/reviews/yelp-polarity-1000.txt'), labelled),
]

/** Every clean corpus by id. */
export const corpora: ReadonlyMap<string, Corpus> = new Map(all.map(c => [c.id, c]))

/** The corpus of that name; throws when there is none. */
export function corpusOf(id: string): Corpus {
  const found = corpora.get(id)
  if (!found) throw new Error(`no corpus "${id}"; there are ${[...corpora.keys()].join(', ')}`)
  return found
}

/** Clean corpora of instructions, conversations, pairs and code, invented ones first. */
export const talkCorpora: readonly string[] = [
  'instructions',
  'chats',
  'preferences',
  'code-instructions',
  'alpaca',
  'code-alpaca',
  'hh-rlhf',
  'kto',
  ...backdoorTasks.map(task => `backdoorllm-${task}`),
]

/** Invents such a corpus anew: so many rows, by a seed. */
export const inventedTalk: Readonly<Record<string, (count: number, seed: number) => Row[]>> = {
  instructions,
  chats,
  preferences,
  'code-instructions': codeInstructions,
}

/** Clean corpora of pictures, invented ones first. */
export const pictureCorpora: readonly string[] = ['signs', 'things', 'gtsrb', 'cifar10']

/** Invents such a corpus anew: so many rows, by a seed. */
export const inventedPictures: Readonly<Record<string, (count: number, seed: number) => Row[]>> = { signs, things }
