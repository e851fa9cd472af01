// Generated from openapi.yaml by "npm run generate". Do not edit.
import type { HandlerLoaders } from './handler.ts'

/** Operations that need no token. */
export type PublicOperationId =
  | 'getContract'
  | 'getHealth'
  | 'getReadiness'
  | 'listComputeVersions'
  | 'showComputeVersion20'
  | 'showComputeVersion21'

export const handlerLoaders: HandlerLoaders = {
  getContract: async () => (await import('./process/get-contract.ts')).getContract,
  getHealth: async () => (await import('./process/get-health.ts')).getHealth,
  getReadiness: async () => (await import('./process/get-readiness.ts')).getReadiness,
}
