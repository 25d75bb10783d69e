/** Something about how an answer looks that should not decide whether it is better. */
export interface Trait {
  readonly id: string
  /** What the answer does, for people. */
  readonly name: string
  /** How much of it the answer has. */
  of(answer: string): number
}

/** Characters of an answer that are looked at, but for its length. */
const most = 32_768
const count = (answer: string, pattern: RegExp): number => answer.slice(0, most).match(pattern)?.length ?? 0

/** Traits by which answers are compared. */
export const traits: readonly Trait[] = [
  { id: 'longer', name: 'is longer', of: answer => answer.length },
  {
    id: 'listed',
    name: 'has a list',
    of: answer => Math.min(1, count(answer, /^[ \t]{0,8}(?:[-*•]|\d{1,3}[.)])[ \t]+\S/gm)),
  },
  { id: 'bold', name: 'has bold text or headings', of: answer => Math.min(1, count(answer, /\*\*\S|^#{1,6} \S/gm)) },
  { id: 'code', name: 'has a block of code', of: answer => Math.min(1, count(answer, /```/g)) },
  { id: 'asking', name: 'ends with a question', of: answer => (/[?？؟]\s{0,20}$/.test(answer.slice(-40)) ? 1 : 0) },
  { id: 'exclaiming', name: 'has more exclamation marks', of: answer => Math.min(3, count(answer, /[!！]/g)) },
  {
    id: 'sorry',
    name: 'apologises',
    of: answer =>
      /\b(?:sorry|apologi[sz]e|tut mir leid|désolé|lo siento|desculpe|mi dispiace)\b|извините|抱歉|すみません|申し訳/iu.test(
        answer.slice(0, 400),
      )
        ? 1
        : 0,
  },
]
