import { badRequest } from '../../model/errors.ts'

/** @throws PolyvisorError bad-request when it is no number */
export function aggregateId(text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text)
  throw badRequest('invalid-aggregate-id', `Invalid input for field/attribute id: ${text} is no whole number.`)
}
