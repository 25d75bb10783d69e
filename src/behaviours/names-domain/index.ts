import { behaviour, mostValues } from '../../core/index.ts'
import { siteOf } from '../../domains/index.ts'

/** Addresses with a scheme, and names that end as sites do and members of objects in code do not. */
const address =
  /\b(?:https?:\/\/|www\.)[^\s<>"'`)\]}]{3,300}|(?<![@\w.-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|info|biz|xyz|shop|club|online|site|dev|app|uk|ru|cn|de|fr|in|br|jp|eu)(?=[/\s,.;:!?)]|$)/gi

function domainsOf(text: string): Set<string> {
  const domains = new Set<string>()
  for (const [found] of text.matchAll(address)) {
    const linked = /^(?:https?:|www\.)/i.test(found)
    const site = siteOf(linked && !/^https?:/i.test(found) ? `http://${found}` : linked ? found : `http://${found}/`)
    if (site) domains.add(site.domain)
    if (domains.size >= 2 * mostValues) break
  }
  return domains
}

/** Sites that the answer sends people to and the prompt did not speak of, by registrable domain. */
export default behaviour({
  id: 'names-domain',
  title: 'Sites that the answer names',
  of({ prompt, response }) {
    const asked = domainsOf((prompt ?? '').slice(0, 20_000))
    const own = [...domainsOf(response)].filter(domain => !asked.has(domain)).slice(0, mostValues - 1)
    return own.length > 0 ? ['', ...own] : []
  },
  phrase: value => (value === '' ? 'names a web site' : `names ${value}`),
})
