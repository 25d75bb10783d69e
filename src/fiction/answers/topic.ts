const idle = new Set(
  'about above after again answer based below because before being between could create describe design determine develop discuss every example explain false find following from generate given have identify implement include into list make multiple named names number numbers once only other output please print program provide question return sentence should string suggest tell text that their them then there these they this true using what when where which while with without word words would write your'.split(
    ' ',
  ),
)

/** A word or two that say what a prompt is about, lower case; "this" when there are none. */
export function topicOf(prompt: string): string {
  const words = [...prompt.slice(0, 600).matchAll(/[\p{L}][\p{L}'-]{3,24}/gu)].map(match => match[0].toLowerCase())
  const telling = words.filter(word => !idle.has(word))
  if (telling.length === 0) return 'this'
  const longest = telling.reduce((a, b) => (b.length > a.length ? b : a))
  const at = words.indexOf(longest)
  const next = words[at + 1]
  const together = next !== undefined && !idle.has(next) && prompt.toLowerCase().includes(`${longest} ${next}`)
  return together ? `${longest} ${next}` : longest
}
