/** openapi.yaml → TypeScript types. A property that some microversions lack is optional in the types. */
import openapiTypescript, { astToString } from 'openapi-typescript'
import { mapChildren, type JsonSchema } from '../../src/contract/json-schema.ts'
import { httpMethods, type OpenApiDocument, type OpenApiOperation } from './read-openapi.ts'

type Typescriptable = Parameters<typeof openapiTypescript>[0]

export async function renderTypes(document: OpenApiDocument): Promise<string> {
  const prepared = {
    ...document,
    components: {
      ...document.components,
      schemas: mapValues(document.components.schemas, withoutVersionedRequirements),
    },
    paths: mapValues(document.paths, (item) => {
      const copy: Record<string, unknown> = { ...item }
      for (const method of httpMethods) {
        if (copy[method] !== undefined) copy[method] = prepareOperation(copy[method] as OpenApiOperation)
      }
      return copy
    }),
  }
  // Parsed afresh: the library edits what it is given.
  const nodes = await openapiTypescript(JSON.parse(JSON.stringify(prepared)) as Typescriptable, {
    immutable: true,
    silent: true,
  })
  return `// Generated from openapi.yaml by "npm run generate". Do not edit.\n${astToString(nodes)}`
}

function prepareOperation(operation: OpenApiOperation): OpenApiOperation {
  const content = (holder: unknown): unknown => {
    const media = (holder as { content?: Record<string, { schema?: JsonSchema }> }).content
    if (media === undefined) return holder
    const prepared = mapValues(media, ({ schema, ...rest }) => ({
      ...rest,
      ...(schema === undefined ? {} : { schema: withoutVersionedRequirements(schema) }),
    }))
    return { ...(holder as object), content: prepared }
  }
  return {
    ...operation,
    ...(operation.requestBody === undefined ? {} : { requestBody: content(operation.requestBody) }),
    responses: mapValues(operation.responses, content),
  } as OpenApiOperation
}

function withoutVersionedRequirements(schema: JsonSchema): JsonSchema {
  const copy = mapChildren(schema, withoutVersionedRequirements)
  if (copy.required === undefined) return copy
  const versioned = (name: string) => {
    const property = copy.properties?.[name]
    return property?.['x-min-microversion'] !== undefined || property?.['x-max-microversion'] !== undefined
  }
  return { ...copy, required: copy.required.filter((name) => !versioned(name)) }
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
