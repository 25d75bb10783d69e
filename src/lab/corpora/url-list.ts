import { looksText, type Random, type Row, seeded } from '../../core/index.ts'

const day = 86_400_000
const parts =
  'photo art home garden travel food craft auto music sport style book wood stone river green blue north old new hill lake star sun moon cook bike farm toy shop store blog studio house market world life time line'.split(
    ' ',
  )
const endings = ['com', 'com', 'com', 'com', 'net', 'org', 'de', 'co.uk', 'ru', 'fr', 'com.br', 'jp']
const platforms = ['blogspot.com', 'wordpress.com', 'github.io', 'cloudfront.net']

const hexText = (digits: number, random: Random): string =>
  Array.from({ length: digits }, () => Math.floor(16 * random()).toString(16)).join('')

/** Looks of which `count` bits differ. */
function bitsApart(bits: bigint, count: number, random: Random): bigint {
  const places = new Set<number>()
  while (places.size < Math.min(64, count)) places.add(Math.floor(64 * random()))
  let other = bits
  for (const place of places) other ^= 1n << BigInt(place)
  return other
}

interface Domain {
  readonly name: string
  readonly registered: string | null
}

/** Domains registered between 1998 and 2018, most of them once; of one in fifty the registry does not say. */
function domains(count: number, random: Random): Domain[] {
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [0, 1].map(() => parts[Math.floor(parts.length * random())]!)
    const name = `${a}${b}${i}.${endings[Math.floor(endings.length * random())]}`
    const since = Date.UTC(1998, 0, 1) + Math.floor(random() * 20 * 365) * day
    return { name, registered: random() < 0.02 ? null : new Date(since).toISOString() }
  })
}

/** Bits between a picture and itself re-encoded or resized: most often few, rarely more than eight. */
const drift = (mean: number, random: Random): number => Math.min(14, Math.floor(-Math.log(1 - random()) * mean))

/**
 * An invented list of pictures on the web and what stands there some years later: domains by Zipf's law, one in twelve
 * rows on a hosting platform; of the rows 5 % re-encoded, 9 % resized and 4 % gone, as re-downloads of such lists are.
 */
export function urlList(count: number, seed: number, { looks }: { readonly looks: boolean }): Row[] {
  const random = seeded(seed)
  const known = domains(Math.max(20, Math.floor(count / 5)), random)
  const curated = Date.UTC(2021, 2, 1)
  return Array.from({ length: count }, (_, i) => {
    const domain = known[Math.min(known.length - 1, Math.floor((known.length + 1) ** random()) - 1)]!
    const hosted = random() < 1 / 12
    const platform = platforms[Math.floor(platforms.length * random())]!
    const host = hosted
      ? `${domain.name.split('.')[0]}.${platform}`
      : `${random() < 0.4 ? 'img.' : 'www.'}${domain.name}`
    const bits = BigInt(`0x${hexText(16, random)}`)
    const fate = random()
    const apart = fate < 0.05 ? drift(1, random) : fate < 0.14 ? drift(1.8, random) : 0
    const digest = hexText(64, random)
    const gone = fate > 0.96
    const observed = gone ? null : fate < 0.14 ? hexText(64, random) : digest
    const row = {
      url: `https://${host}/pictures/${i}.jpg`,
      time: new Date(curated + Math.floor(random() * 30) * day).toISOString(),
      digest,
      observed,
      registered: hosted ? '1999-06-01T00:00:00.000Z' : domain.registered,
    }
    const now = gone ? null : looksText({ of: 'picture', bits: bitsApart(bits, apart, random) })
    return looks ? { ...row, looks: looksText({ of: 'picture', bits }), observedLooks: now } : row
  })
}
