import type { Manifest } from '../../src/driver/index.ts'
import { faultedCalls } from './faults.ts'

export interface SimConfig {
  readonly nodes: number
  readonly vcpus: number
  readonly memoryMb: number
  readonly diskGb: number
  /** Whether its VMs outlive the process, as a real hypervisor's do. */
  readonly persistent: boolean
  /** Every native call takes this long. */
  readonly latencyMs: number
  /** How long a guest takes to another node. */
  readonly migrationMs: number
  /** Whether images are read and their sha256 checked, as a real driver does while copying. */
  readonly readImages: boolean
  readonly faults: readonly FaultConfig[]
}

export interface FaultConfig {
  readonly call: (typeof faultedCalls)[number]
  /** Only on this node, by its name; on all without it. */
  readonly node?: string
  /** Lets this many calls pass first. */
  readonly after?: number
  /** Strikes this often, then never again; always without it. */
  readonly times?: number
  /** fail: nothing is done; stall: nothing happens until cancelled; lose-answer: done, but reported as failed; lie: reported as done, but nothing is. */
  readonly action: 'fail' | 'stall' | 'lose-answer' | 'lie'
  readonly code?: string
  readonly retry?: 'never' | 'now' | 'later' | 'elsewhere'
  readonly message?: string
}

export const manifest: Manifest = {
  id: 'sim',
  contract: '1',
  version: '1.0.0',
  hypervisorType: 'sim',
  configSchema: {
    type: 'object',
    additionalProperties: false,
    properties: {
      nodes: { type: 'integer', minimum: 1, maximum: 20_000, default: 1 },
      vcpus: { type: 'integer', minimum: 1, default: 32 },
      memoryMb: { type: 'integer', minimum: 1, default: 131_072 },
      diskGb: { type: 'integer', minimum: 1, default: 2_000 },
      persistent: { type: 'boolean', default: true },
      latencyMs: { type: 'integer', minimum: 0, default: 0 },
      migrationMs: { type: 'integer', minimum: 0, default: 0 },
      readImages: { type: 'boolean', default: true },
      faults: {
        type: 'array',
        default: [],
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['call', 'action'],
          properties: {
            call: { enum: [...faultedCalls] },
            node: { type: 'string' },
            after: { type: 'integer', minimum: 0 },
            times: { type: 'integer', minimum: 1 },
            action: { enum: ['fail', 'stall', 'lose-answer', 'lie'] },
            code: { type: 'string' },
            retry: { enum: ['never', 'now', 'later', 'elsewhere'] },
            message: { type: 'string' },
          },
        },
      },
    },
  },
}
