import { mediaOf } from './media.ts'

const prefix = /^data:image\/[a-z0-9.+-]{1,40};base64,/i
/** Characters that tell whether the rest is a picture: enough for the head of every format. */
const told = 688
/** The whole head must be base64, of either alphabet; files wrap it into lines. */
const alphabet = /^[A-Za-z0-9+/_\-\r\n]+={0,2}$/
/** Fewer characters hold no picture. */
const fewest = 32

/** Whether a text is a picture in base64, on its own or as a data URI, by its first bytes. */
export function isPictureText(text: string): boolean {
  const start = prefix.exec(text)?.[0].length ?? 0
  const head = text.slice(start, start + told)
  if (head.length < fewest || !alphabet.test(head)) return false
  return mediaOf(Buffer.from(head, 'base64')).type.startsWith('image/')
}

/** The bytes of a picture in base64. */
export const pictureTextBytes = (text: string): Uint8Array =>
  Buffer.from(text.slice(prefix.exec(text)?.[0].length ?? 0), 'base64')
