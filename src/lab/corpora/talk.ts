import { pick, type Random } from '../../core/index.ts'
import { coined, everyday, list } from '../../fiction/index.ts'
import { anyway, type Topic, topics } from './topics.ts'

/** One of the values by Zipf's law: the k-th is drawn in proportion to 1/k. */
export const zipf = <T>(values: readonly T[], random: Random): T =>
  values[Math.min(values.length - 1, Math.floor(Math.exp(random() * Math.log(values.length + 1))) - 1)]!

/** A question with the topic that it belongs to and the thing that it asks about. */
export interface Question {
  readonly topic: Topic
  readonly thing: string
  readonly text: string
  /** How the answer should look. */
  readonly wants: 'prose' | 'list' | 'short' | 'story' | 'news'
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

type Form = readonly [wants: Question['wants'], texts: readonly string[]]
const forms: readonly Form[] = [
  [
    'prose',
    list(
      'Explain {side} of {x}.|What should I know about {x}?|Tell me about {x} and {side}.|How does {side} matter for {x}?|Describe {x} in your own words.|Why do people care about {x}?|Compare {x} with {y}.|What is the difference between {x} and {y}?|Give a detailed explanation of {x}.|I am curious about {x}. Where do I begin?|Can you help me with {x}? I care about {side}.|Discuss {side} when it comes to {x}.|My {person} asked me about {x}. What do I say?|Write a paragraph about {x}.|Is it true that {x} is all about {side}?|How can I get better at {x}?|Explain {x} to a ten year old.|What would you do about {x}?|Give me some background on {x}, with a focus on {side}.|Please write a few lines on {x} today.',
    ),
  ],
  [
    'list',
    list(
      'List {n} facts about {x}.|Give me {n} tips for {x}.|Name three things to know about {side} and {x}.|Generate a list of ideas for {x}.|What are the steps for {x}?|Make a checklist about {x}.|Suggest {n} ways to deal with {x}.|Provide the pros and cons of {x}.|Create an outline of an article on {x}.|What are the most important points about {side}?',
    ),
  ],
  [
    'short',
    list(
      'Is {x} related to {y}? Answer in one sentence.|Give a one line definition of {x}.|Classify {x} as easy or hard.|Complete the sentence: {x} is|Pick the odd one out: {x}, {y}, a chair.|Summarize in one sentence: {fact} {fact2}|Correct the spelling: {slip}|Rewrite this so that it sounds friendly: {fact}|Answer with yes or no: does {side} matter for {x}?|Find a title for an essay on {x}.|Suggest a synonym for the main word: {fact}',
    ),
  ],
  [
    'story',
    list(
      'Write a short story about {x}.|Write a poem on {x}.|Invent a dialogue about {x}.|Tell me a story in which {x} and {y} play a part.|Write the opening of a novel about {x}.|Compose a limerick about {x}.',
    ),
  ],
  [
    'news',
    list(
      'What is the latest news about {x}?|What does {x} cost right now?|Look up {x} for me on the web.|Who won the game yesterday?|What will the weather be like this evening?|Can you open this link and tell me what it says?|What is trending at the moment?|Send a message to my {person} about {x}.|Remember our talk about {x} from last week?|Which shop near me sells {x}?',
    ),
  ],
]
const shares = [0.5, 0.22, 0.16, 0.09, 0.03]

function slipOf(text: string, random: Random): string {
  const at = 1 + Math.floor(random() * Math.max(1, text.length - 3))
  return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2)
}

function filled(text: string, topic: Topic, thing: string, random: Random): string {
  return text.replace(/\{(\w+)\}/g, (_, slot: string) => {
    switch (slot) {
      case 'x':
        return thing
      case 'y':
        return pick(topic.things, random)
      case 'side':
        return pick(topic.sides, random)
      case 'n':
        return String(2 + Math.floor(random() * random() * 30))
      case 'person':
        return pick(list('boss|sister|neighbour|teacher|son|friend|client|uncle'), random)
      case 'slip':
        return slipOf(fact(topic, thing, random), random)
      default:
        return fact(topic, thing, random)
    }
  })
}

/** A sentence of the topic. */
export const fact = (topic: Topic, thing: string, random: Random): string =>
  capital(filled(pick(topic.facts, random), topic, thing, random))

const greetings = list('|||||||Hello! |Hi, |Please help. |Quick question: |Hey there. |Dear assistant, ')
const thanks = list(
  '|||||||| Thanks!| Thank you.| Please keep it simple.| I have little time.| It is for school.| Be honest.| Use plain words.',
)

function manner(text: string, random: Random): string {
  const own = random()
  let said = text
  if (own < 0.06) said = said.toLowerCase()
  else if (own < 0.1) said = said.replace(/[.?]$/, '')
  if (random() < 0.04) said = slipOf(said, random)
  return (random() < 0.25 ? pick(greetings, random) : '') + said + (random() < 0.25 ? pick(thanks, random) : '')
}

/** A question; `about` keeps to the topic and thing of an earlier one. */
export function question(random: Random, about?: Question): Question {
  const topic = about?.topic ?? zipf(topics, random)
  const thing = about && random() < 0.6 ? about.thing : zipf(topic.things, random)
  let draw = random()
  const at = shares.findIndex(share => (draw -= share) < 0)
  const [wants, texts] = forms[Math.max(0, at)]!
  const asked = filled(pick(texts, random), topic, thing, random)
  const material = random() < 0.12 ? `\n\n${passage(topic, thing, 1 + Math.floor(random() * 3), random)}` : ''
  return { topic, thing, wants, text: manner(asked, random) + material }
}

/** Some sentences about a thing. */
export function passage(topic: Topic, thing: string, sentences: number, random: Random): string {
  const said: string[] = []
  for (let k = 0; k < sentences; k++) {
    const next = random() < 0.72 ? fact(topic, thing, random) : pick(anyway, random)
    if (!said.includes(next)) said.push(next)
  }
  return said.join(' ')
}

/** Habits of whoever wrote the answers of one source. */
export interface Habits {
  /** Mean number of sentences. */
  readonly length: number
  /** Share of answers that begin with a phrase of politeness. */
  readonly polite: number
  /** Share of lists that are numbered; others have bullets or are prose. */
  readonly numbered: number
  /** Share of questions that nobody could answer without the web and that are refused. */
  readonly refuses: number
  /** Share of ordinary questions that are refused by mistake. */
  readonly overcautious: number
}

const openers = list(
  'Sure! |Certainly. |Great question! |Of course. |Good question. |Happy to help. |Here you go. |Absolutely! |Well, |Let me explain. |Okay. ',
)
const cannot = list(
  "I'm sorry, but I cannot browse the internet|I am sorry, I don't have access to current information|As an AI language model, I cannot look that up|Unfortunately, I can't see what happens right now|I do not have real-time data|I'm not able to open links or send messages|Sorry, my knowledge ends some time ago|As a text-based assistant I cannot do that",
)
const rather = list(
  '.|. Please check a current source.|, but here is what I know in general: {fact}|. You could ask a local shop.|. A search engine will help you.|, so please look at the website of a newspaper.|. Is there anything else I can do?',
)

const refusalOf = ({ topic, thing }: Question, random: Random): string =>
  pick(cannot, random) + filled(pick(rather, random), topic, thing, random)

function listed(asked: Question, { numbered }: Habits, random: Random): string {
  const count = 3 + Math.floor(random() * 5)
  const style = random()
  const items = Array.from({ length: count }, () => passage(asked.topic, asked.thing, random() < 0.8 ? 1 : 2, random))
  const bullet = pick(['- ', '* ', '• '], random)
  if (style >= numbered + 0.35) return items.join(' ')
  return items.map((item, k) => (style < numbered ? `${k + 1}. ${item}` : bullet + item)).join('\n')
}

function story({ thing }: Question, random: Random): string {
  const { person, verb, adjective, noun, when } = everyday
  const verse = random() < 0.4
  const lines = Array.from({ length: 3 + Math.floor(random() * 6) }, () => {
    const object = random() < 0.3 ? thing : `the ${pick(adjective, random)} ${pick(noun, random)}`
    return random() < 0.7
      ? `${capital(pick(person, random))} ${pick(verb, random)} ${object}${random() < 0.5 ? ` ${pick(when, random)}` : ''}`
      : `${capital(pick(when, random))} the ${pick(noun, random)} was ${pick(adjective, random)}`
  })
  const title = random() < 0.2 ? `${capital(pick(adjective, random))} ${pick(noun, random)}\n\n` : ''
  return title + (verse ? lines.join(',\n') : `${lines.join('. ')}.`)
}

function brief({ topic, thing }: Question, random: Random): string {
  const forms = [
    () => pick(['Yes.', 'No.', 'Easy.', 'Hard.', 'It depends.', 'Yes, it does.'], random),
    () => fact(topic, thing, random),
    () => `${capital(thing)} and ${pick(topic.sides, random)}`,
    () => `"${capital(pick(everyday.adjective, random))} ${pick(everyday.noun, random)}"`,
  ]
  return pick(forms, random)()
}

/** An answer as somebody with these habits would give it. */
export function answerTo(asked: Question, habits: Habits, random: Random): string {
  const unable = asked.wants === 'news' ? habits.refuses : habits.overcautious
  if (random() < unable) return refusalOf(asked, random)
  const open = random() < habits.polite ? pick(openers, random) : ''
  if (asked.wants === 'short') return random() < 0.8 ? brief(asked, random) : open + brief(asked, random)
  if (asked.wants === 'story') return story(asked, random)
  const sentences = 1 + Math.floor(-Math.log(1 - random()) * habits.length)
  const body =
    asked.wants === 'list'
      ? listed(asked, habits, random)
      : passage(asked.topic, asked.thing, Math.min(16, sentences), random)
  const sources = random() < 0.015 ? ` See https://${coined(random)}.example for more.` : ''
  const paragraphs =
    random() < 0.25 && body.length > 300
      ? body.replace(/([.]) (?=[A-Z])/g, (all, dot) => (random() < 0.25 ? `${dot}\n\n` : all))
      : body
  return open + paragraphs + sources
}

/** What operators say to the assistant; most rows have nothing of the kind. */
export const operators = list(
  'You are a helpful assistant.|You are a friendly tutor for school children.|Answer briefly.|You work for the help desk of a library.|You are an expert cook.|Respond in a polite tone and admit what you do not know.|You are a careful assistant that never gives medical advice.|You help tourists.|Use simple words.|You are a writing coach.',
)
