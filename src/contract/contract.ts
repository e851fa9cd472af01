/** The contract as the process reads it: one JSON file generated from openapi.yaml, loaded at first use. */
import { readFileSync } from 'node:fs'
import type { JsonSchema } from './json-schema.ts'
import type { operations } from './types.gen.ts'

export type OperationId = keyof operations
export const policies = ['public', 'agent', 'authenticated', 'reader', 'member', 'admin'] as const
export type Policy = (typeof policies)[number]
export const tags = ['identity', 'image', 'metadefs', 'compute', 'polyvisor', 'process'] as const
export type Tag = (typeof tags)[number]

export interface ContractOperation {
  readonly operationId: OperationId
  /** The operation whose handler file serves this one; itself unless it is a variant. */
  readonly handler: OperationId
  readonly tag: Tag
  readonly method: string
  /** As in openapi.yaml, without its fragment: `/compute/v2.1/servers/{server_id}`. */
  readonly path: string
  readonly policy: Policy
  /** The one key of the body that chooses this operation. */
  readonly action?: string
  readonly minMicroversion?: number
  readonly maxMicroversion?: number
  /** Unknown query keys are refused: always (0), or from this microversion on. */
  readonly strictQueryFrom?: number
  readonly params?: JsonSchema
  readonly query?: JsonSchema
  /** By media type; null is a body that the handler reads as a stream. */
  readonly body?: Readonly<Record<string, JsonSchema | null>>
  readonly bodyRequired: boolean
  /** By status, then media type; an empty record is a response without a body. */
  readonly responses: Readonly<Record<string, Readonly<Record<string, JsonSchema | null>>>>
}

export interface Contract {
  readonly operations: readonly ContractOperation[]
  readonly schemas: Readonly<Record<string, JsonSchema>>
}

let loaded: Contract | undefined

export function loadContract(): Contract {
  loaded ??= JSON.parse(readFileSync(new URL('./operations.gen.json', import.meta.url), 'utf8')) as Contract
  return loaded
}
