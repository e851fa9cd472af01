/** The map from operation to handler file. Files are loaded when first called, so that a start loads what it uses. */
import { existsSync } from 'node:fs'
import type { ContractOperation } from '../../src/contract/contract.ts'

export interface RenderedHandlers {
  readonly text: string
  /** Handler files that do not exist yet; their operations answer 501. */
  readonly missing: readonly string[]
}

export function renderHandlers(operations: readonly ContractOperation[], apiFolder: URL): RenderedHandlers {
  const own = operations.filter((operation) => operation.handler === operation.operationId)
  const exists = (operation: ContractOperation) => existsSync(new URL(handlerFile(operation), apiFolder))
  const lines = own
    .filter(exists)
    .map(
      ({ operationId, ...rest }) =>
        `  ${operationId}: async () => (await import('./${handlerFile({ operationId, ...rest })}')).${operationId},`,
    )
  const idsOf = (policy: ContractOperation['policy']) =>
    operations
      .filter((operation) => operation.policy === policy)
      .map((operation) => `\n  | '${operation.operationId}'`)
      .join('') || ' never'
  const text = `// Generated from openapi.yaml by "npm run generate". Do not edit.
import type { HandlerLoaders } from './handler.ts'

/** Operations that need no token. */
export type PublicOperationId =${idsOf('public')}

/** Operations for agents, who have tokens of their own. */
export type AgentOperationId =${idsOf('agent')}

export const handlerLoaders: HandlerLoaders = {
${lines.join('\n')}
}
`
  return { text, missing: own.filter((operation) => !exists(operation)).map(handlerFile) }
}

/** Relative to src/api: `compute/create-server.ts`. */
export function handlerFile({ tag, operationId }: Pick<ContractOperation, 'tag' | 'operationId'>): string {
  return `${tag}/${operationId.replace(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`)}.ts`
}
