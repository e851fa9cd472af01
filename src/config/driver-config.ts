/** Checks one driver's settings against the schema in its manifest (rule 12 of the driver contract). */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { JsonObject } from '../util/json.ts'
import { ConfigError } from './config-error.ts'

/**
 * @param schema JSON Schema from the driver's manifest; its `default`s are filled in
 * @returns a copy of `config` with the defaults
 * @throws ConfigError naming the key; never the value, which may be a secret
 */
export function checkDriverConfig(driverId: string, schema: JsonObject | boolean, config: JsonObject): JsonObject {
  const copy = structuredClone(config) as JsonObject
  const validate = compileSchema(schema)
  if (validate(copy)) return copy
  const [first] = validate.errors ?? []
  const extra = first?.params['additionalProperty'] as string | undefined
  const path = `${first?.instancePath ?? ''}${extra === undefined ? '' : `/${extra}`}`.replaceAll('/', '.')
  const problem =
    extra === undefined ? (first?.message ?? 'is not valid') : `the driver ${driverId} has no such setting`
  throw new ConfigError(`driverConfig.${driverId}${path}`, 'configuration', problem)
}

/** @throws Error when it is no JSON Schema that can be used */
export function compileSchema(schema: JsonObject | boolean): ValidateFunction {
  return new Ajv2020({ useDefaults: true, strict: false, meta: false, validateSchema: false }).compile(schema)
}
