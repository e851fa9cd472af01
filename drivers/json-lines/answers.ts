/** What a driver's answers must look like. A wrong one is a bug of the driver, and its author is told where. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { abilities, DriverError, phases } from '../../src/driver/index.ts'
import type { Json, JsonObject } from '../../src/util/json.ts'

/** In characters, as the messages between agent and core want it. */
export const longestText = 4096

const text = { type: 'string', maxLength: longestText } as const
const anyText = { type: 'string' } as const
const uuid = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' } as const
const texts = { type: 'array', items: text } as const
const count = { type: 'integer', minimum: 0 } as const

/** @returns a schema of an object with these fields; names that end in `?` may be missing, others come in addition */
function object(fields: Readonly<Record<string, JsonObject | boolean>>): JsonObject {
  const names = Object.keys(fields)
  return {
    type: 'object',
    required: names.filter((name) => !name.endsWith('?')),
    properties: Object.fromEntries(names.map((name) => [name.replace(/\?$/, ''), fields[name] ?? true])),
  }
}

const handle = object({ version: { type: 'integer' }, data: true })
const state = object({
  instanceId: uuid,
  nodeId: uuid,
  name: text,
  power: { enum: ['on', 'off', 'paused', 'suspended', 'crashed', 'building'] },
  handle,
  'isMigrating?': { const: true },
})

const buses = { type: 'array', items: { enum: ['virtio', 'scsi', 'ide', 'sata', 'usb'] } }

const schemas = {
  opened: object({
    capabilities: object({
      architectures: texts,
      hypervisorTypes: texts,
      vmModes: texts,
      disk: {
        type: 'array',
        items: object({
          format: text,
          via: texts,
          thin: { type: 'boolean' },
          backing: { type: 'boolean' },
          alignBytes: count,
        }),
      },
      power: { type: 'array', items: { enum: ['on', 'off', 'reset', 'soft-off', 'soft-reset'] } },
      'networks?': texts,
      'limitable?': texts,
      'firmwares?': { type: 'array', items: { enum: ['bios', 'uefi'] } },
      'accelerators?': {
        type: 'object',
        additionalProperties: object({ present: { type: 'boolean' }, 'reason?': text }),
      },
      'agentProperty?': text,
      'rescueDevices?': object({ 'disk?': buses, 'cdrom?': buses }),
      limits: object({ parallelOperations: { type: 'integer', minimum: 1 } }),
    }),
    'abilities?': {
      type: 'array',
      items: { enum: [...abilities, 'events'] },
    },
    'snapshotFormats?': texts,
    'consoleKinds?': { type: 'array', items: { enum: ['vnc', 'serial'] } },
  }),
  health: object({
    status: { enum: ['healthy', 'starting', 'unhealthy'] },
    message: anyText,
    'hypervisorVersion?': text,
  }),
  event: object({ instanceId: uuid, 'nodeId?': uuid, kind: text }),
  progress: object({ id: count, phase: { enum: [...phases] }, 'doneBytes?': count, 'totalBytes?': count }),
  nodes: {
    type: 'array',
    items: object({
      id: uuid,
      name: text,
      vcpus: count,
      memoryMb: count,
      diskGb: count,
      traits: texts,
      'cpuModel?': text,
      'bootedAtMs?': count,
    }),
  },
  states: { type: 'array', items: state },
  stateOrNull: { anyOf: [{ type: 'null' }, state] },
  handle,
  bytes: object({ base64: anyText }),
  stats: object({
    cpuTimeNs: { type: 'number' },
    memoryBytes: count,
    disks: { type: 'array' },
    nics: { type: 'array' },
  }),
  any: true,
} satisfies Readonly<Record<string, JsonObject | boolean>>
export type Shape = keyof typeof schemas

const ajv = new Ajv2020({ strict: false, allowUnionTypes: true })
const validators = new Map<Shape, ValidateFunction>()

/** @throws DriverError BUG that names, for the log, what was answered and where it is wrong */
export function checked<T>(what: string, shape: Shape, value: Json): T {
  const validate = validators.get(shape) ?? ajv.compile(schemas[shape])
  validators.set(shape, validate)
  if (validate(value)) return value as T
  const [first] = validate.errors ?? []
  const native = `${what}${first?.instancePath ?? ''} ${first?.message ?? 'is wrong'}`
  throw new DriverError('BUG', 'The driver of this host answered what nobody understands.', { native })
}
