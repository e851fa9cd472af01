/** openapi.yaml → the operations of the contract, checked: every complaint names the operation and what to change. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import {
  policies,
  tags,
  type ContractOperation,
  type OperationId,
  type Policy,
  type Tag,
} from '../../src/contract/contract.ts'
import type { JsonSchema } from '../../src/contract/json-schema.ts'
import { readMicroversion } from '../../src/contract/microversion.ts'
import { bareSchema } from './bare-schema.ts'

interface MediaTypes {
  readonly [mediaType: string]: { readonly schema?: JsonSchema }
}
interface Reference {
  readonly $ref?: string
}
interface OpenApiParameter extends Reference {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: JsonSchema
  readonly 'x-min-microversion'?: string
  readonly 'x-max-microversion'?: string
}
export interface OpenApiOperation {
  readonly operationId: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly OpenApiParameter[]
  readonly requestBody?: Reference & { readonly required?: boolean; readonly content: MediaTypes }
  readonly responses: Readonly<Record<string, Reference & { readonly content?: MediaTypes }>>
  readonly 'x-policy'?: string
  readonly 'x-action'?: string
  readonly 'x-handler'?: string
  readonly 'x-min-microversion'?: string
  readonly 'x-max-microversion'?: string
  readonly 'x-strict-query'?: boolean | string
}
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>
    readonly [section: string]: Readonly<Record<string, unknown>>
  }
}

export const httpMethods = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const

export function readDocument(file: URL): OpenApiDocument {
  return parse(readFileSync(file, 'utf8'), { merge: true }) as OpenApiDocument
}

export function readOperations(document: OpenApiDocument): readonly ContractOperation[] {
  const found: ContractOperation[] = []
  for (const [key, item] of Object.entries(document.paths)) {
    const path = key.split('#')[0] ?? key
    const shared = (item['parameters'] ?? []) as readonly OpenApiParameter[]
    for (const method of httpMethods) {
      const operation = item[method] as OpenApiOperation | undefined
      if (operation !== undefined) found.push(readOperation(document, path, method.toUpperCase(), operation, shared))
    }
  }
  checkTogether(found)
  return found.sort((one, other) => (one.operationId < other.operationId ? -1 : 1))
}

function readOperation(
  document: OpenApiDocument,
  path: string,
  method: string,
  operation: OpenApiOperation,
  shared: readonly OpenApiParameter[],
): ContractOperation {
  const fail = (complaint: string): never => {
    throw new Error(`openapi.yaml, ${operation.operationId ?? `${method} ${path}`}: ${complaint}`)
  }
  if (!/^[a-z][A-Za-z0-9]*$/.test(operation.operationId ?? '')) fail('operationId must be camelCase')
  const tag = operation.tags?.[0]
  if (operation.tags?.length !== 1 || !tags.includes(tag as Tag)) fail(`give it exactly one tag of ${tags.join(', ')}`)
  const policy = operation['x-policy']
  if (!policies.includes(policy as Policy)) fail(`x-policy must be one of ${policies.join(', ')}`)
  const parameters = [...shared, ...(operation.parameters ?? [])].map((parameter) => resolve(document, parameter))
  const named = parameters.filter((parameter) => parameter.in === 'path').map((parameter) => `{${parameter.name}}`)
  const wanted = path.match(/\{[^}]+\}/g) ?? []
  if (named.sort().join() !== [...wanted].sort().join())
    fail(`the path has ${wanted.join(' ')}, the parameters ${named.join(' ')}`)
  const body = operation.requestBody === undefined ? undefined : resolve(document, operation.requestBody)
  const strict = operation['x-strict-query']
  return {
    operationId: operation.operationId as OperationId,
    handler: (operation['x-handler'] ?? operation.operationId) as OperationId,
    tag: tag as Tag,
    method,
    path,
    policy: policy as Policy,
    ...(operation['x-action'] === undefined ? {} : { action: operation['x-action'] }),
    ...microversionRange(operation),
    ...(strict === undefined || strict === false
      ? {}
      : { strictQueryFrom: strict === true ? 0 : readMicroversion(String(strict)) }),
    ...parameterSchema('params', 'path', parameters),
    ...parameterSchema('query', 'query', parameters),
    ...(body === undefined ? {} : { body: mediaSchemas(body.content) }),
    bodyRequired: body?.required === true,
    responses: Object.fromEntries(
      Object.entries(operation.responses).map(([status, response]) => [
        status,
        mediaSchemas(resolve(document, response).content ?? {}),
      ]),
    ),
  }
}

function microversionRange(operation: OpenApiOperation): { minMicroversion?: number; maxMicroversion?: number } {
  const min = operation['x-min-microversion']
  const max = operation['x-max-microversion']
  return {
    ...(min === undefined ? {} : { minMicroversion: readMicroversion(min) }),
    ...(max === undefined ? {} : { maxMicroversion: readMicroversion(max) }),
  }
}

function parameterSchema(
  part: 'params' | 'query',
  place: 'path' | 'query',
  parameters: readonly OpenApiParameter[],
): { params?: JsonSchema; query?: JsonSchema } {
  const mine = parameters.filter((parameter) => parameter.in === place)
  if (mine.length === 0) return {}
  const properties = mine.map((parameter) => {
    const { 'x-min-microversion': min, 'x-max-microversion': max } = parameter
    const notes = {
      ...(min === undefined ? {} : { 'x-min-microversion': min }),
      ...(max === undefined ? {} : { 'x-max-microversion': max }),
    }
    return [parameter.name, { ...bareSchema(parameter.schema), ...notes }] as const
  })
  const required = mine.filter((parameter) => parameter.required === true).map((parameter) => parameter.name)
  return {
    [part]: {
      type: 'object',
      properties: Object.fromEntries(properties),
      ...(required.length === 0 ? {} : { required }),
    },
  }
}

/** A schema of `format: binary`, or none, is a stream: nothing to validate. */
function mediaSchemas(content: MediaTypes): Readonly<Record<string, JsonSchema | null>> {
  return Object.fromEntries(
    Object.entries(content).map(([mediaType, { schema }]) => [
      mediaType,
      schema === undefined || schema['format'] === 'binary' || !/json/.test(mediaType) ? null : bareSchema(schema),
    ]),
  )
}

/** Follows `#/components/<section>/<name>` once. */
function resolve<T extends Reference>(document: OpenApiDocument, value: T): T {
  if (value.$ref === undefined) return value
  const [, , section = '', name = ''] = value.$ref.split('/')
  const target = document.components[section]?.[name]
  if (target === undefined) throw new Error(`openapi.yaml: nothing at ${value.$ref}`)
  return target as T
}

function checkTogether(operations: readonly ContractOperation[]): void {
  const ids = new Set<string>()
  for (const { operationId } of operations) {
    if (ids.has(operationId)) throw new Error(`openapi.yaml: operationId ${operationId} stands there twice`)
    ids.add(operationId)
  }
  for (const { operationId, handler } of operations) {
    if (!ids.has(handler))
      throw new Error(`openapi.yaml, ${operationId}: x-handler names ${handler}, which is no operation`)
  }
  for (const [index, one] of operations.entries()) {
    for (const other of operations.slice(index + 1)) {
      if (
        one.method === other.method &&
        one.path === other.path &&
        one.action === other.action &&
        overlap(one, other)
      ) {
        throw new Error(`openapi.yaml: ${one.operationId} and ${other.operationId} claim the same requests`)
      }
    }
  }
}

function overlap(one: ContractOperation, other: ContractOperation): boolean {
  const low = Math.max(one.minMicroversion ?? 0, other.minMicroversion ?? 0)
  return low <= Math.min(one.maxMicroversion ?? Infinity, other.maxMicroversion ?? Infinity)
}
