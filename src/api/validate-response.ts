/** Holds an answer against the contract. On in every test; a violation is our defect and becomes a loud 500. */
import type { ContractOperation } from '../contract/contract.ts'
import type { Microversion } from '../contract/microversion.ts'
import { validatorFor } from '../contract/validators.ts'
import type { AnyResponse } from './handler.ts'

/** @returns what is wrong, or undefined */
export function responseViolation(
  operation: ContractOperation,
  version: Microversion,
  response: AnyResponse,
): string | undefined {
  const fault = response.status >= 400 && operation.responses[response.status] === undefined
  const declared = operation.responses[fault ? 'default' : String(response.status)]
  if (declared === undefined)
    return `${operation.operationId} answered ${response.status}, which the contract does not list`
  const schema = Object.entries(declared).find(([mediaType]) => /json/.test(mediaType))?.[1]
  if (schema === undefined || schema === null) {
    const empty = Object.keys(declared).length === 0
    return empty && response.body !== undefined
      ? `${operation.operationId} ${response.status} must have no body`
      : undefined
  }
  const validate = validatorFor(operation, `${response.status} json`, schema, version, 'exact')
  // As it will travel: undefined members are gone, dates are text.
  const body: unknown = response.body === undefined ? undefined : JSON.parse(JSON.stringify(response.body))
  if (validate(body)) return undefined
  const problems = (validate.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  )
  return `${operation.operationId} ${response.status} at microversion ${version}: ${problems.join('; ')}`
}
