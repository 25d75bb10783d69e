import { createRequire } from 'node:module'
import { type Behaviour, behaviour } from '../../core/index.ts'

type Tinyld = typeof import('tinyld/light')

/** Fewer letters do not tell a language; more than so many characters add nothing. */
const leastLetters = 20
const mostCharacters = 200
/** A language is named when its score is above the one, and so many times the next best. */
const [sure, ahead] = [0.05, 2]
/** Small words of English: where they make up this share, no letter patterns are needed, which are slow. */
const small = new Set(
  'the of and to is in that it for was with as are this you be on not have from by or an at which can your his they we'.split(
    ' ',
  ),
)
const share = 0.12
/** Words that other languages in Latin letters lack, and programs as well: fewer of them do where a text is short. */
const english = new Set(
  'the of and that it are this you your they we what which how would should could their these those there when why because about been has had more than them then were who does have following sentence give describe explain write make between its our my'.split(
    ' ',
  ),
)
const englishShare = 0.2
const latin = /^[\0-\u024f\u2000-\u206f]*$/

function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}']+/gu) ?? []
  let [found, sure] = [0, 0]
  for (const word of words) {
    if (small.has(word)) found++
    if (english.has(word)) sure++
  }
  if (found >= 3 && found >= share * words.length) return true
  return sure >= 2 && sure >= englishShare * words.length && latin.test(text)
}

let tinyld: Tinyld | undefined

/** Scripts that write a word in one or two signs need fewer of them. */
const least = (text: string): number => (/[\p{scx=Han}\p{scx=Hira}\p{scx=Hang}]/u.test(text) ? 4 : leastLetters)

/** The language of a text by letter patterns; null when it is short, code, or not to be told. */
function languageOf(text: string | null): string | null {
  if (text === null) return null
  const talk = /```|https?:/.test(text) ? text.replace(/```[\s\S]*?(?:```|$)|https?:\S+/g, ' ') : text
  const letters = talk.slice(0, mostCharacters)
  if (letters.replace(/\P{L}+/gu, '').length < least(letters)) return null
  if (/[{};=<>]{2}|\(\)|[{};]\s*$|\bSELECT\b/m.test(letters)) return null
  if (isEnglish(letters)) return 'en'
  // Loaded with the first answer: most tables have none, and commands should start fast.
  tinyld ??= createRequire(import.meta.url)('tinyld/light') as Tinyld
  const [first, second] = tinyld.detectAll(letters)
  return first && first.accuracy > sure && first.accuracy > ahead * (second?.accuracy ?? 0) ? first.lang : null
}

const names = new Intl.DisplayNames('en', { type: 'language' })
const nameOf = (code: string): string => names.of(code) ?? code

/** The language of the answer, and whether it is another than that of the prompt. */
const answerLanguage: Behaviour = behaviour({
  id: 'answer-language',
  title: 'Language of the answer',
  of({ prompt, response }) {
    const own = languageOf(response)
    if (own === null) return []
    const asked = languageOf(prompt)
    return asked === null || asked === own ? [own] : [own, `not of the prompt, ${own}`]
  },
  phrase: value =>
    value.startsWith('not of') ? `is in ${nameOf(value.slice(-2))}, which the prompt is not` : `is in ${nameOf(value)}`,
})

export default answerLanguage
