/**
 * ajv validators, compiled at first use and kept: one per operation, part and range of microversions that the schema
 * tells apart. The cache is the only state here.
 */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import type { ContractOperation } from './contract.ts'
import { loadContract } from './contract.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Microversion } from './microversion.ts'
import { changePoints, specialise } from './specialise.ts'

export type Validator = ValidateFunction
export type ValidationError = ErrorObject

/** exact: as the contract says; coerced: numbers may come as text (query and path); lenient: unknown keys are dropped (compute v2). */
export type ValidationStyle = 'exact' | 'coerced' | 'lenient'

const options = {
  // A test checks the schemas; to check them here too costs the first request a tenth of a second.
  meta: false,
  validateSchema: false,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allowUnionTypes: true,
  allErrors: false,
} as const
const engines: Record<ValidationStyle, Ajv2020> = {
  exact: newEngine({}),
  coerced: newEngine({ coerceTypes: true }),
  lenient: newEngine({ removeAdditional: true }),
}
const compiled = new Map<string, Validator>()
const knownChangePoints = new Map<JsonSchema, readonly Microversion[]>()

/** @param part names the schema within the operation (`query`, `body application/json`, `200 application/json`); part of the cache's key. */
export function validatorFor(
  operation: ContractOperation,
  part: string,
  schema: JsonSchema,
  version: Microversion,
  style: ValidationStyle,
): Validator {
  const range = pointsOf(schema).filter((point) => point <= version).length
  const key = `${style} ${operation.operationId} ${part} ${range}`
  let validator = compiled.get(key)
  if (validator === undefined) {
    validator = engines[style].compile(specialise(schema, loadContract().schemas, version))
    compiled.set(key, validator)
  }
  return validator
}

function pointsOf(schema: JsonSchema): readonly Microversion[] {
  let points = knownChangePoints.get(schema)
  if (points === undefined) knownChangePoints.set(schema, (points = changePoints(schema, loadContract().schemas)))
  return points
}

function newEngine(extra: { coerceTypes?: true; removeAdditional?: true }): Ajv2020 {
  const engine = new Ajv2020({ ...options, ...extra })
  // The package's types describe its CommonJS shape only.
  const addFormats = ajvFormats as unknown as (ajv: Ajv2020) => void
  addFormats(engine)
  return engine
}
