/** From whatever the bus handed over to a message that the code may believe. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Json } from '../../util/json.ts'
import { PoisonMessage } from '../poison-message.ts'
import type { BusMessage } from './messages.ts'
import { messageSchemas } from './schemas.ts'

// Our own schemas, proven by tests: to check them again costs every start a sixth of a second.
const trustedSchemas = { meta: false, validateSchema: false } as const
const ajv = new Ajv2020({ strict: true, allErrors: false, ...trustedSchemas })
const validators = new Map<string, ValidateFunction>()

/** @throws PoisonMessage that names the message's type and what is wrong with it: it will be no better next time */
export function decodeMessage(json: Json): BusMessage {
  const type = typeof json === 'object' && json !== null && 'type' in json ? json.type : undefined
  if (typeof type !== 'string' || !(type in messageSchemas))
    throw new PoisonMessage(`unknown bus message ${JSON.stringify(type)}`)
  let validate = validators.get(type)
  if (validate === undefined) {
    validate = ajv.compile(messageSchemas[type as keyof typeof messageSchemas])
    validators.set(type, validate)
  }
  if (!validate(json)) throw new PoisonMessage(`bad ${type} message: ${ajv.errorsText(validate.errors)}`)
  return json as unknown as BusMessage
}

/** Messages are plain data; this says so to the type checker. */
export function encodeMessage(message: BusMessage): Json {
  return message as unknown as Json
}
