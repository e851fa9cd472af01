/** Holds a request against the contract. Texts name the field and what it must be; they never repeat the value. */
import type { ContractOperation } from '../contract/contract.ts'
import type { JsonSchema } from '../contract/json-schema.ts'
import type { Microversion } from '../contract/microversion.ts'
import { existsAt } from '../contract/specialise.ts'
import { validatorFor, type ValidationError, type ValidationStyle } from '../contract/validators.ts'
import { badRequest, type PolyvisorError } from '../model/errors.ts'

export interface RequestParts {
  readonly params: Readonly<Record<string, string | undefined>>
  readonly rawQuery: URLSearchParams
  readonly json: unknown
  readonly mediaType: string
}

export interface ValidParts {
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
}

/** @throws PolyvisorError bad-request naming the first field that does not fit */
export function validateRequest(
  operation: ContractOperation,
  parts: RequestParts,
  version: Microversion,
  legacy: boolean,
): ValidParts {
  const check = (part: string, schema: JsonSchema, value: unknown, style: ValidationStyle): void => {
    const validate = validatorFor(operation, part, schema, version, style)
    if (!validate(value)) throw invalid(part.split(' ')[0] ?? part, validate.errors?.[0])
  }
  const params = { ...parts.params }
  if (operation.params !== undefined) check('params', operation.params, params, 'coerced')
  const query = declaredQuery(operation, parts.rawQuery, version)
  if (operation.query !== undefined) check('query', operation.query, query, 'coerced')
  const schema = bodySchema(operation, parts.mediaType)
  if (parts.json === undefined) {
    if (operation.bodyRequired && schema !== null)
      throw badRequest('body-missing', 'The request needs a JSON body, and has none.')
    return { params, query, body: undefined }
  }
  if (schema !== null) check(`body ${parts.mediaType}`, schema, parts.json, legacy ? 'lenient' : 'exact')
  return { params, query, body: parts.json }
}

/** Without a media type the first JSON one counts; null for streams and operations that take no body. */
function bodySchema({ body = {} }: ContractOperation, mediaType: string): JsonSchema | null {
  if (mediaType in body) return body[mediaType] ?? null
  return Object.values(body).find((schema) => schema !== null) ?? null
}

/** The keys that the contract declares at this microversion; others are dropped, or refused where it is strict. */
function declaredQuery(
  operation: ContractOperation,
  raw: URLSearchParams,
  version: Microversion,
): Record<string, unknown> {
  const declared = operation.query?.properties ?? {}
  const query: Record<string, unknown> = {}
  const strict = version >= (operation.strictQueryFrom ?? Infinity)
  for (const key of new Set(raw.keys())) {
    const schema = Object.hasOwn(declared, key) ? declared[key] : undefined
    if (schema === undefined || !existsAt(schema, version)) {
      if (strict) throw badRequest('unknown-query-key', unexpected(key, 'query parameters'))
      continue
    }
    const values = raw.getAll(key)
    query[key] = schema.type === 'array' ? values : values.at(-1)
  }
  return query
}

function invalid(part: string, error: ValidationError | undefined): PolyvisorError {
  const field = fieldName(error?.instancePath ?? '')
  const where = field === '' ? `the ${part === 'params' ? 'path' : part}` : `field/attribute ${field}`
  if (error === undefined) return badRequest('invalid-input', `Invalid input for ${where}.`)
  return badRequest('invalid-input', `Invalid input for ${where}: ${complaint(error, where)}`)
}

function complaint(error: ValidationError, where: string): string {
  const params = error.params as Readonly<Record<string, unknown>>
  switch (error.keyword) {
    case 'additionalProperties':
      return unexpected(String(params['additionalProperty']), where)
    case 'required':
      return `'${String(params['missingProperty'])}' is a required property.`
    case 'enum':
      return `it must be one of ${(params['allowedValues'] as readonly unknown[]).map(String).join(', ')}.`
    case 'const':
      return `it must be ${JSON.stringify(params['allowedValue'])}.`
    default:
      return `it ${error.message ?? 'does not fit'}.`
  }
}

function unexpected(key: string, where: string): string {
  // Nova's own words: clients and tests look for them.
  return `Additional properties are not allowed ('${key}' was unexpected) in ${where}.`
}

/** `/server/networks/0/uuid` → `server.networks.0.uuid` */
function fieldName(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~')
}
