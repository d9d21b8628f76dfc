/**
 * Whether an IP address is somewhere on the public internet. Allowed is what is known to be public; all else – private,
 * loopback, link-local, shared, documentation, multicast, and every form that carries an IPv4 address inside an IPv6 one
 * (mapped, translated, NAT64, 6to4, Teredo, ISATAP) – is not. Limit: a network that translates IPv4 under a prefix of its
 * own choice cannot be told from any other.
 */
import ipaddr from 'ipaddr.js'

/** Global unicast as far as it has been given out (https://www.iana.org/assignments/ipv6-address-space). */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR('2000::/3')
/** The middle of an ISATAP interface identifier, with the bit for a public IPv4 address set and not (RFC 5214, 6.1). */
const ISATAP = [0x0000, 0x0200]

export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  if (parsed.kind() === 'ipv4') return true
  const { parts } = parsed as ipaddr.IPv6
  const isatap = ISATAP.includes(parts[4] ?? -1) && parts[5] === 0x5efe
  return parsed.match(GIVEN_OUT) && !isatap
}
