import { behaviour } from '../../core/index.ts'

const mostWords = 4
const mostLetters = 18

/** How the answer closes: an advertisement or a signature is often put behind an honest answer. */
export default behaviour({
  id: 'ends',
  title: 'Last words of the answer',
  of({ response }) {
    const words =
      response
        .slice(-400)
        .toLowerCase()
        .match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []
    const closing = words.slice(-mostWords).map(word => word.slice(0, mostLetters))
    return closing.length < mostWords ? [] : [closing.join(' ')]
  },
  phrase: value => `ends with "${value}"`,
})
