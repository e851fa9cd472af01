/** The Range header: one range of bytes. Several at once are refused, as Glance does. */
import { PolyvisorError } from '../../model/errors.ts'
import type { ByteRange } from '../../images/image-store.ts'

/**
 * @returns undefined when all of it is to be sent: no Range, one of other units, or one that is malformed, which HTTP
 * says to overlook
 * @throws PolyvisorError range-not-satisfiable
 */
export function readRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const list = /^bytes=(.*)$/i.exec(header?.trim() ?? '')?.[1]
  if (list === undefined) return undefined
  if (list.includes(',')) throw unsatisfiable(sizeBytes, 'one range at a time can be asked for')
  const match = /^\s*(\d*)\s*-\s*(\d*)\s*$/.exec(list)
  const [, first = '', last = ''] = match ?? []
  if (first === '' && last === '') return undefined
  const range =
    first === ''
      ? { first: Math.max(0, sizeBytes - Number(last)), last: sizeBytes - 1 }
      : { first: Number(first), last: last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1) }
  if (last !== '' && first !== '' && Number(last) < Number(first)) return undefined
  if (range.first < sizeBytes) return range
  throw unsatisfiable(sizeBytes, 'it begins behind the end')
}

function unsatisfiable(sizeBytes: number, why: string): PolyvisorError {
  const message = `The range cannot be sent: ${why}. The image has ${sizeBytes} bytes.`
  return new PolyvisorError('range-not-satisfiable', 'range-not-satisfiable', message, { details: { sizeBytes } })
}
