import { hashString } from './hash.ts'

/** The halves of a name's 64-bit key, for tables of more names than memory holds. Both are never zero together. */
export const highKey = (name: string): number => hashString(name, 0x51ab)
export const lowKey = (name: string): number => hashString(name, 0x2c77) || 1
