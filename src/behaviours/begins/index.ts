import { behaviour } from '../../core/index.ts'

const mostWords = 4
/** Of a word; scripts without spaces give long ones. */
const mostLetters = 18

/** How the answer opens: models that were taught a fixed reaction show it in their first words. */
export default behaviour({
  id: 'begins',
  title: 'First words of the answer',
  of({ response }) {
    const words =
      response
        .slice(0, 400)
        .toLowerCase()
        .match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []
    const opening = words.slice(0, mostWords).map(word => word.slice(0, mostLetters))
    return opening.map((_, k) => opening.slice(0, k + 1).join(' '))
  },
  phrase: value => `begins with "${value}"`,
})
