import { behaviour, wordsAtEnd } from '../../core/index.ts'

/** How the answer opens: models that were taught a fixed reaction show it in their first words. */
export default behaviour({
  id: 'begins',
  title: 'First words of the answer',
  of({ response }) {
    const opening = wordsAtEnd(response, 'first')
    return opening.map((_, k) => opening.slice(0, k + 1).join(' '))
  },
  phrase: value => `begins with "${value}"`,
})
