/** Writes ASN.1 in its distinguished encoding: only the kinds of values that somebody here needs. */

export const der = {
  sequence: (...parts: readonly Buffer[]) => tagged(0x30, Buffer.concat(parts)),
  set: (...parts: readonly Buffer[]) => tagged(0x31, Buffer.concat(parts)),
  /** `[number]` around or instead of a value. */
  context: (number: number, content: Buffer, constructed = true) =>
    tagged((constructed ? 0xa0 : 0x80) + number, content),
  /** Not negative. */
  integer: (bytes: Buffer) => tagged(0x02, unsigned(bytes)),
  octets: (bytes: Buffer) => tagged(0x04, bytes),
  bits: (bytes: Buffer) => tagged(0x03, Buffer.concat([Buffer.of(0), bytes])),
  utf8: (text: string) => tagged(0x0c, Buffer.from(text)),
  null: () => tagged(0x05, Buffer.alloc(0)),
  oid: (dotted: string) => tagged(0x06, oidBytes(dotted)),
  time,
} as const

/** Big-endian without needless zeros in front, and with one where the first bit would read as a sign. */
export function unsigned(bytes: Buffer): Buffer {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1
  const trimmed = bytes.subarray(start)
  return (trimmed[0] ?? 0) < 0x80 ? trimmed : Buffer.concat([Buffer.of(0), trimmed])
}

function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(tag), lengthBytes(content.length), content])
}

function lengthBytes(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length)
  const hex = length.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([Buffer.of(0x80 + bytes.length), bytes])
}

function oidBytes(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return Buffer.from([first * 40 + second, ...rest.flatMap(base128)])
}

function base128(value: number): number[] {
  const digits = [value & 0x7f]
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80)
  return digits
}

/** In whole seconds. Two digits for the year until 2049, four from then on, as certificates have it. */
function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14)
  return Number(digits.slice(0, 4)) < 2050
    ? tagged(0x17, Buffer.from(`${digits.slice(2)}Z`))
    : tagged(0x18, Buffer.from(`${digits}Z`))
}
