import { BlockList, isIP } from 'node:net'

/**
 * What is not the public internet, after the special-purpose address registries of IANA (RFC 6890 and its updates):
 * this machine, its networks, metadata services of clouds, multicast, documentation and reserved space.
 */
const ranges: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

const closed = new BlockList()
for (const [net, prefix] of ranges) closed.addSubnet(net, prefix, 'ipv4')

/** Only what is handed out to the internet (2000::/3) is open, less what carries other addresses inside or is local. */
const open6 = new BlockList()
open6.addSubnet('2000::', 3, 'ipv6')
const closed6 = new BlockList()
closed6.addSubnet('2001::', 23, 'ipv6')
closed6.addSubnet('2001:db8::', 32, 'ipv6')
closed6.addSubnet('2002::', 16, 'ipv6')
closed6.addSubnet('3fff::', 20, 'ipv6')

/** True for an address of the public internet. IPv4 written as IPv6 is judged as the IPv4 address that it leads to. */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const family = isIP(plain)
  if (family === 4) return !closed.check(plain, 'ipv4')
  if (family !== 6) return false
  const inner = innerAddress(plain)
  if (inner !== null) return isPublicAddress(inner)
  return open6.check(plain, 'ipv6') && !closed6.check(plain, 'ipv6')
}

/** The IPv4 address in `::ffff:a.b.c.d` and in `64:ff9b::a.b.c.d`, however it is written. */
function innerAddress(address: string): string | null {
  const written = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const found = /^(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(written)
  if (!found) return null
  const [high, low] = [Number.parseInt(found[1]!, 16), Number.parseInt(found[2]!, 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
