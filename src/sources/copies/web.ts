import type { Fetcher } from '../network/fetch.ts'
import type { CopyLookup } from './copy.ts'
import { once } from './crawl.ts'

/** Answers in memory at once: with the bound on one answer, the bound on all of them. */
const atOnce = 16

/** What stands at addresses now. `now` is asked after every answer. */
export const webCopies = (fetcher: Fetcher, now: () => Date): CopyLookup => ({
  kind: 'lookup',
  name: 'the network',
  atOnce,
  async find(url, signal) {
    const got = await fetcher.fetch(url, signal)
    const found = { url, fetchedAt: now().toISOString(), ...(got.finalUrl === url ? {} : { finalUrl: got.finalUrl }) }
    return 'kind' in got ? { ...found, trouble: got.kind, message: got.message } : { ...found, body: once(got.body) }
  },
})
