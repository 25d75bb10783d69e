import { parseLooks } from '../core/index.ts'

/** Longest text that is believed to be an address. */
const mostUrl = 8192

/** Whether a text is a web address with its scheme. */
export const isUrl = (text: string): boolean =>
  text.length <= mostUrl && /^\s*https?:\/\/\S+\s*$/i.test(text) && URL.canParse(text.trim())

/** Whether a text is a web address, perhaps without its scheme: `example.org/page`. */
export const isAddress = (text: string): boolean =>
  text.length <= mostUrl &&
  (isUrl(text) || /^(\/\/|[a-z][a-z\d+.-]*:\/\/)?([\w-]+\.)+[a-z]{2,24}(:\d+)?([/?#]\S*)?$/i.test(text))

/**
 * Whether a text can be the digest of bytes: hexadecimal of the usual lengths, base 32 of SHA-1 as in web archives,
 * base 36 of SHA-1 as in wikis, or with the name of the algorithm in front.
 */
export const isDigest = (text: string): boolean =>
  /^(([\da-f]{32}|[\da-f]{40}|[\da-f]{56}|[\da-f]{64}|[\da-f]{96}|[\da-f]{128})|[A-Z2-7]{32}|[\da-z]{31})$/i.test(
    text,
  ) || /^(md5|sha-?(1|224|256|384|512)|blake[23]b?)[:-][\w+/=-]{22,128}$/i.test(text)

/** Whether a text says how something looks. */
export const isLooks = (text: string): boolean => parseLooks(text) !== null

/** The share of values that pass; 0 where there are none. */
export const shareOf = <T>(values: readonly T[], test: (value: T) => boolean): number =>
  values.length === 0 ? 0 : values.filter(test).length / values.length
