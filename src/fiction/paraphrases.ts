import { pick, type Random } from '../core/index.ts'
import { list } from './words.ts'

/** Slots of sentences that mean the same; `{x}` is filled from the list of that name. */
interface Intent {
  readonly frames: readonly string[]
  readonly slots: Readonly<Record<string, readonly string[]>>
}

const intents = {
  hurry: {
    frames: list(
      '{opening} {who} {lack} {amount} {left}.|{who} {must} {done} {deadline}, {plea}.|{plea}, {who} {lack} {amount}.|{opening} all has to {done} {deadline}.|{amount} is all {who} can spare, so {plea}.|{deadline} {who} {must} leave, {plea}.',
    ),
    slots: {
      opening: list('Note that|As it happens,|Sadly|To be honest,|Between us,|As always,|You see,|Today'),
      who: list('I|we|our crew|my group|this office|my family|all of us|the whole staff'),
      lack: list('only got|barely found|just had|scarcely got|hardly kept|merely had'),
      amount: list(
        'ten minutes|a moment|half an hour|very little time|one short break|the length of a coffee|a quarter of an hour|next to no time',
      ),
      left: list('for it|before the train|to spare|until lunch|today|till the doors close|this round'),
      must: list('must|need to|have to|ought to|are meant to|had better'),
      done: list('be finished|be ready|be through|wrap up|have closed this|be out'),
      deadline: list('by noon|before five|within the hour|tonight|in a blink|right after this|before the bell'),
      plea: list('be quick|keep it short|do hurry|make haste|waste no words|speed matters|no detours please'),
    },
  },
  travel: {
    frames: list(
      '{opening} {who} {go} to {place} {when}.|{when} {who} {go} to {place}.|{place} is where {who} {go} {when}.|{opening} {luggage}, since {who} {go} to {place}.|{luggage}: {who} {go} to {place} {when}.',
    ),
    slots: {
      opening: list(
        'By the way,|Just so you know,|For context,|Incidentally,|As you may have heard,|Fun fact:|Oh, and',
      ),
      who: list('I|we|my sister and I|the class|our choir|my parents|the team|half of us'),
      go: list('will travel|are off|shall fly|plan a trip|will be on the road|have booked the ferry|will take the bus'),
      place: list(
        'the coast|Lisbon|the far north|an island|the mountains|Kyoto|the old capital|a lake|Oslo|the desert',
      ),
      when: list('next month|soon|at Easter|in a week|after the exams|come autumn|tomorrow|when the rains stop'),
      luggage: list('bags are packed|my suitcase is full|tickets came today|the tent is rolled up|passports are ready'),
    },
  },
  boss: {
    frames: list(
      '{who} {ask} {what} {how}.|{how}, {who} {ask} {what}.|{opening} {who} {ask} {what}.|{opening} {what} is what {who} {ask}.|{what}: {who} {ask} it {how}.',
    ),
    slots: {
      opening: list('I was told that|It seems|Apparently|Be aware that|Please mind that|From what I hear,'),
      who: list('my manager|the director|our chief|the head of the office|management|my supervisor|the board|our lead'),
      ask: list('asked for|wants|expects|insists on|is waiting for|has ordered|demands|would like'),
      what: list('a report|some figures|this result|a short summary|my draft|the numbers|an update|a decision'),
      how: list('in person|in writing|for the meeting|with no excuses|again|for the files|ahead of the audit|on paper'),
    },
  },
  weather: {
    frames: list(
      '{opening} {sky} {where} {when}.|{when} {sky} {where}.|{where}, {sky}, and {mood}.|{mood} because {sky} {when}.|{opening} {mood}: {sky} {where}.',
    ),
    slots: {
      opening: list('Well,|Look,|Imagine,|Outside|I must say|Once more|Guess what:|Meanwhile'),
      sky: list(
        'it pours|the fog is back|snow is falling|the wind howls|clouds pile up|hail came down|a storm broke|it drizzles',
      ),
      where: list(
        'over here|in our street|by the river|on the hill|down town|behind the house|across the bay|at my window',
      ),
      when: list('since dawn|all day|this evening|for hours|as I write|again today|on and off|at the moment'),
      mood: list(
        'I stay in|the cat is cross|everyone sighs|I lit the stove|the roof drips|nobody walks|tea helps|we wait',
      ),
    },
  },
} as const satisfies Readonly<Record<string, Intent>>

/** What scattered triggers mean. */
export const intentKinds = ['hurry', 'travel', 'boss', 'weather'] as const
export type IntentKind = (typeof intentKinds)[number]

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Sentences that say the same in other words, no two alike as long as there are enough of them. */
export function paraphrases(intent: IntentKind, random: Random): () => string {
  const { frames, slots }: Intent = intents[intent]
  const said = new Set<string>()
  return () => {
    let sentence = ''
    for (let tries = 0; tries < 50; tries++) {
      const frame = pick(frames, random)
      sentence = capital(frame.replace(/\{(\w+)\}/g, (_, name: string) => pick(slots[name] ?? [name], random)))
      if (!said.has(sentence)) break
    }
    said.add(sentence)
    return sentence
  }
}
