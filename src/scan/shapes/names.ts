/** Places that a column can have in a conversation. */
export const slots = [
  ...(['messages', 'system', 'prompt', 'input', 'history', 'response', 'chosen', 'rejected'] as const),
  ...(['first', 'second', 'better', 'speaker', 'said', 'text', 'ratings'] as const),
] as const
export type Slot = (typeof slots)[number]

/** A column's name as names are compared: without case, spaces, `_`, `-` and dots. */
export const folded = (name: string): string => name.toLowerCase().replace(/[\s_\-.]+/g, '')

const words = (text: string): readonly string[] => text.split(/\s+/)

/** Usual names by place, most telling first. */
export const usual: Readonly<Partial<Record<Slot, readonly string[]>>> = {
  messages: words(
    'messages conversations conversation dialog dialogue dialogs turns chat chatmessages utterances data',
  ),
  system: words('system systemprompt systemmessage systeminstruction'),
  prompt: words(
    'instruction instructions prompt prompts userprompt usermessage question query problem user human inputs input post context',
  ),
  input: words('input context inputs document passage'),
  history: ['history'],
  response: words(
    'output outputs response responses completion completions answer answers assistant solution reply target targets bot gpt modelresponse generation',
  ),
  chosen: words('chosen chosenresponse preferred preferredresponse preferredoutput accepted acceptedresponse win'),
  rejected: words(
    'rejected rejectedresponse dispreferred dispreferredresponse nonpreferredoutput nonpreferred rejectedoutput lose',
  ),
}

/** Names that say by themselves that somebody is told what to do, or does it. */
export const telling: ReadonlySet<string> = new Set(
  words('instruction instructions prompt prompts userprompt completion completions usermessage'),
)

/** Names of an instruction that are taken only beside its answer, and only when both read like prose. */
export const vague: ReadonlySet<string> = new Set(
  words('question query problem user human inputs input post context history text info'),
)

/** How files of JSON spell the names of conversations: records far down may have other ones than the first. */
export const spelled: Readonly<Partial<Record<Slot, readonly string[]>>> = {
  messages: words('messages conversations conversation'),
  system: words('system system_prompt'),
  prompt: words('instruction prompt question'),
  input: ['input', 'context'],
  history: ['history'],
  response: words('output response completion answer'),
  chosen: ['chosen'],
  rejected: ['rejected'],
}

/** Names of an instruction that only stand beside two answers. */
export const comparedWith = words('history text info conversation')

/** Columns beside a conversation that say more of it: a rendering of it, or what a model thought. */
export const beside = words(
  'text reasoning reasoningcontent thinking thought thoughts rationale chainofthought cot explanation',
)

/** Endings of the names of two answers that are compared, and how the better one is called. */
export const twins: readonly (readonly [string, string])[] = [
  ['0', '1'],
  ['1', '2'],
  ['a', 'b'],
]
export const twinned = words(
  'response output answer completion conversation humanref generation candidate reply modelresponse summary text',
)
/** Usual names of the column that says which of two answers is better, most telling first. */
export const verdicts = words(
  'betterresponseid preferredresponseid betterresponse preference preferred winner choice better label labels overallpreference preferencestrength chosenid vote saferresponseid',
)
