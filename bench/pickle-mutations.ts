/** Pickle streams changed by chance, and opcodes in any order. */
import { pick, type Random } from '../src/core/index.ts'
import { grownStream } from './pickle-streams.ts'

const letters = (text: string): number[] => [...Buffer.from(text, 'latin1')]
const int = (random: Random, below: number): number => Math.floor(random() * below)

const soupCodes = letters('().012BCFGIJKLMNPQRSTUVX]abcdeghijlopqrstu}').concat(
  Array.from({ length: 25 }, (_, k) => 0x80 + k),
)

/** A stream changed here and there: bytes set, opcodes put in, pieces cut out, doubled, moved in from another, the end lost. */
export function mutated(stream: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let bytes = Array.from(stream)
  for (let times = 1 + int(random, 3); times > 0; times--) {
    const at = int(random, bytes.length + 1)
    const size = int(random, 8)
    const chance = int(random, 7)
    if (chance === 0 && bytes.length > 0) bytes[at % bytes.length] = int(random, 256)
    else if (chance === 1) bytes.splice(at, 0, pick(soupCodes, random))
    else if (chance === 2) bytes.splice(at, size)
    else if (chance === 3) bytes.splice(at, 0, ...bytes.slice(at, at + size))
    else if (chance === 4) bytes.splice(at, 0, ...other.slice(int(random, other.length), int(random, other.length + 1)))
    else if (chance === 5) bytes = bytes.slice(0, at)
    else if (bytes.length > 0) bytes[at % bytes.length]! ^= 1 << int(random, 8)
  }
  return Uint8Array.from(bytes)
}

/** Opcodes in any order. */
export const soup = (random: Random): Uint8Array =>
  Uint8Array.from({ length: 1 + int(random, 40) }, () => (random() < 0.8 ? pick(soupCodes, random) : int(random, 256)))

/** One stream of any kind. */
export function anyStream(random: Random): Uint8Array {
  const chance = random()
  if (chance < 0.55) return grownStream(random)
  if (chance < 0.97) return mutated(grownStream(random), grownStream(random), random)
  return soup(random)
}
