/** Takes from a schema what a validator has no use for, so that the generated contract stays small and ajv strict. */
import { mapChildren, type JsonSchema } from '../../src/contract/json-schema.ts'

const prose = [
  'description',
  'example',
  'examples',
  'title',
  'deprecated',
  'externalDocs',
  'discriminator',
  'xml',
] as const

export function bareSchema(schema: JsonSchema): JsonSchema {
  const copy: Record<string, unknown> = { ...mapChildren(schema, bareSchema) }
  for (const keyword of prose) delete copy[keyword]
  return copy
}
