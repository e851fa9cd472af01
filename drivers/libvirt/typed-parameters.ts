/** libvirt's arrays of virTypedParameter, read field by field. Child process only. */
import koffi from 'koffi'
import type { Pointer } from './native.ts'

export type TypedParameters = Readonly<Record<string, number | string | boolean>>

/** sizeof(virTypedParameter): char field[80], int type, padding, an 8-byte union. */
const parameterBytes = 96
const typeOffset = 80
const valueOffset = 88

/** virTypedParameterType to koffi's name of the union's member. */
const memberTypes: Readonly<Record<number, string>> = {
  1: 'int',
  2: 'uint',
  3: 'int64',
  4: 'uint64',
  5: 'double',
  6: 'char',
  7: 'str',
}

export function readTypedParameters(parameters: Pointer, count: number): TypedParameters {
  const entries: [string, number | string | boolean][] = []
  for (let index = 0; index < count; index++) {
    const entry = readParameter(parameters, index * parameterBytes)
    if (entry !== null) entries.push(entry)
  }
  return Object.fromEntries(entries)
}

function readParameter(parameters: Pointer, at: number): [string, number | string | boolean] | null {
  const bytes = koffi.decode(parameters, at, 'uint8_t', typeOffset) as ArrayLike<number>
  const field = Buffer.from(bytes).toString('latin1').split('\0', 1)[0] ?? ''
  const type = koffi.decode(parameters, at + typeOffset, 'int') as number
  const member = memberTypes[type]
  if (member === undefined) return null
  const value = koffi.decode(parameters, at + valueOffset, member) as number | bigint | string
  if (member === 'char') return [field, Number(value) !== 0]
  return [field, typeof value === 'bigint' ? Number(value) : value]
}
