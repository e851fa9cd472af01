/** JSON Schemas of the messages: what a reader checks before it believes anything. */
import { consoleKinds } from '../../model/console.ts'
import { agentMethods } from './agent-call.ts'

const uuid = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }
const key = { type: 'string', minLength: 1, maxLength: 160 }
const text = { type: 'string', maxLength: 4096 }
const amount = { type: 'integer', minimum: 0 }
const strings = { type: 'array', items: text }

/** What schedulers read of a host must be what it says: one that is not would fail every request that looks at it. */
const capabilities = {
  type: 'object',
  required: ['architectures', 'hypervisorTypes', 'vmModes', 'diskFormats', 'abilities'],
  properties: {
    architectures: strings,
    hypervisorTypes: strings,
    vmModes: strings,
    diskFormats: strings,
    abilities: strings,
    consoles: strings,
    networks: strings,
    firmwares: strings,
    limitable: strings,
    agentProperty: text,
    cpuModel: { anyOf: [text, { type: 'null' }] },
    bootedAtMs: { anyOf: [amount, { type: 'null' }] },
    rescueDevices: { type: 'object', additionalProperties: strings },
    accelerators: {
      type: 'object',
      additionalProperties: object({ present: { type: 'boolean' }, reason: text }, ['reason']),
    },
  },
}
const hostReport = object({
  id: uuid,
  driverId: text,
  name: text,
  hypervisorType: text,
  hypervisorVersion: text,
  healthy: { type: 'boolean' },
  healthMessage: text,
  vcpus: amount,
  memoryMb: amount,
  diskGb: amount,
  traits: strings,
  capabilities,
})
const vmReport = object({
  instanceId: uuid,
  hostId: uuid,
  power: { enum: ['unknown', 'on', 'off', 'paused', 'suspended', 'crashed', 'missing'] },
  handle: {},
  generation: amount,
})
const commandError = object(
  {
    code: text,
    retry: { enum: ['never', 'now', 'later', 'elsewhere'] },
    effect: { enum: ['none', 'partial', 'unknown'] },
    publicMessage: { type: 'string' },
    native: { type: 'string' },
  },
  ['native'],
)
const outcome = {
  oneOf: [
    object({ ok: { const: true }, value: {}, vm: vmReport }, ['vm']),
    object({ ok: { const: false }, error: commandError, vm: vmReport }, ['vm']),
  ],
}
const vmSpec = object(
  {
    instanceId: uuid,
    nodeId: uuid,
    name: text,
    vcpus: amount,
    memoryBytes: amount,
    disks: { type: 'array', items: { type: 'object' } },
    nics: { type: 'array', items: { type: 'object' } },
    imageProperties: { type: 'object' },
    options: { type: 'object' },
    limits: { type: 'object' },
  },
  ['limits'],
)
const agentCall = {
  type: 'object',
  required: ['method', 'hostId'],
  properties: {
    method: { enum: [...agentMethods] },
    hostId: uuid,
    instanceId: uuid,
    want: { enum: ['on', 'off', 'reset', 'soft-off', 'soft-reset'] },
    graceMs: amount,
    maxBytes: amount,
    diskId: text,
    imageId: uuid,
    kind: { enum: [...consoleKinds] },
    key,
    relayUrl: text,
    spec: vmSpec,
    image: { type: 'object' },
    destination: {},
    adminPassword: text,
  },
  additionalProperties: false,
}

export const messageSchemas = {
  'agent-command': message({ key, operationId: text, requestId: text, call: agentCall }),
  'agent-cancel': message({ key }),
  'agent-welcome': message({
    startId: text,
    incarnation: amount,
    vms: { type: 'array', items: object({ instanceId: uuid, hostId: uuid, handle: {} }) },
  }),
  'agent-unknown': message({ incarnation: amount }),
  'agent-hello': message({ agentId: uuid, name: text, startId: text, hosts: { type: 'array', items: hostReport } }),
  'agent-report': message({
    agentId: uuid,
    incarnation: amount,
    generation: amount,
    full: { type: 'boolean' },
    hosts: { type: 'array', items: hostReport },
    vms: { type: 'array', items: vmReport },
    running: { type: 'array', items: key },
    answers: { type: 'array', items: object({ key, outcome }) },
  }),
  'agent-goodbye': message({ agentId: uuid, incarnation: amount }),
  'command-progress': message({ key, phase: text, doneBytes: amount, totalBytes: amount }, ['doneBytes', 'totalBytes']),
  'command-result': message({ agentId: uuid, key, outcome }),
  'command-answered': message({ key }),
  'operation-cancel': message({ operationId: uuid }),
  'operation-pending': message({ operationId: uuid }),
}

function object(properties: Record<string, object>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return { type: 'object', properties, required, additionalProperties: false }
}

function message(properties: Record<string, object>, optional: readonly string[] = []): object {
  return object({ type: { type: 'string' }, version: { const: 1 }, ...properties }, optional)
}
