import { behaviour, endWords, wordsAtEnd } from '../../core/index.ts'

/** How the answer closes: an advertisement or a signature is often put behind an honest answer. */
export default behaviour({
  id: 'ends',
  title: 'Last words of the answer',
  of({ response }) {
    const closing = wordsAtEnd(response, 'last')
    return closing.length < endWords ? [] : [closing.join(' ')]
  },
  phrase: value => `ends with "${value}"`,
})
