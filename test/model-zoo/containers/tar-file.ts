import { join, zeros } from '../arrays/bytes.ts'

/** One member of a tar. */
export interface TarMember {
  readonly name: string
  readonly data?: Uint8Array | string
  /** `0` file, `1` hard link, `2` link, `3` device, `x` pax header, … */
  readonly type?: string
  readonly link?: string
  /** Size that the header gives. */
  readonly size?: number
}

/** Writes a tar (ustar), with its end unless that is left out. */
export const tarOf = (members: readonly TarMember[], { end = true } = {}): Uint8Array =>
  join(...members.map(block), end ? zeros(1024) : join())

function block({ name, data = '', type = '0', link = '', size }: TarMember): Uint8Array {
  const bytes = join(data)
  const head = zeros(512)
  const put = (at: number, text: string) => head.set(join(text), at)
  put(0, name)
  put(100, '0000644\0')
  put(108, '0000000\0')
  put(116, '0000000\0')
  put(124, `${(size ?? bytes.length).toString(8).padStart(11, '0')}\0`)
  put(136, '00000000000\0')
  put(156, type)
  put(157, link)
  put(257, 'ustar\x0000')
  put(148, '        ')
  const sum = head.reduce((all, byte) => all + byte, 0)
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  return join(head, bytes, zeros((512 - (bytes.length % 512)) % 512))
}

/** The data of a pax header. */
export function pax(records: Readonly<Record<string, string>>): string {
  return Object.entries(records)
    .map(([key, value]) => {
      const rest = ` ${key}=${value}\n`
      let length = rest.length + 1
      while (`${length}${rest}`.length !== length) length = `${length}${rest}`.length
      return `${length}${rest}`
    })
    .join('')
}
