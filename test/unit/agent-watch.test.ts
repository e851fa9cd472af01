/** How an agent keeps watching through a driver's bad moments. Regressions: each of these once told the truth only at the next full report. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { Agent } from '../../src/agent/agent.ts'
import { lookAtVm } from '../../src/agent/look-at-vm.ts'
import { VmRegistry } from '../../src/agent/vm-registry.ts'
import { agentQueue } from '../../src/bus/bus.ts'
import { MemoryBus } from '../../src/bus/memory-bus.ts'
import { encodeMessage } from '../../src/bus/messages/decode.ts'
import type { AgentHello, AgentReport } from '../../src/bus/messages/messages.ts'
import type { Driver, DriverEvent, DriverPlugin, Health, VmState } from '../../src/driver/index.ts'
import { DriverError } from '../../src/driver/index.ts'
import { EventQueue } from '../../src/util/event-queue.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

const agentId = 'aaaaaaaa-0000-4000-8000-000000000001'
const nodeId = 'bbbbbbbb-0000-4000-8000-000000000001'
const instanceId = 'cccccccc-0000-4000-8000-000000000001'
const handle = { version: 1, data: null }

function vm(power: VmState['power'], of = nodeId): VmState {
  return { instanceId, nodeId: of, name: 'vm', power, handle }
}

/** A hypervisor with one VM, in the test's hand. */
class FakeDriver {
  power: VmState['power'] | undefined = 'on'
  failingLooks = 0
  hangs = false
  readonly id: string
  readonly nodeId: string
  readonly health = new EventQueue<Health>()
  readonly events = new EventQueue<DriverEvent>()

  constructor(id = 'fake', of = nodeId) {
    this.id = id
    this.nodeId = of
  }

  get plugin(): DriverPlugin {
    const states = (): VmState[] => (this.power === undefined ? [] : [vm(this.power, this.nodeId)])
    const driver = {
      capabilities: () => ({
        architectures: [],
        hypervisorTypes: [],
        vmModes: [],
        disk: [],
        power: [],
        limits: { parallelOperations: 1 },
      }),
      fingerprint: (signal: AbortSignal) => this.health.follow(signal),
      nodes: async () => [{ id: this.nodeId, name: 'node', vcpus: 1, memoryMb: 1, diskGb: 1, traits: [] }],
      list: () => (this.hangs ? new Promise<never>(() => undefined) : Promise.resolve(states())),
      get: async () => {
        if (this.failingLooks-- > 0) throw new DriverError('UNREACHABLE', 'Not now.')
        return states()[0] ?? null
      },
      recover: async () => handle,
      events: (signal: AbortSignal) => this.events.follow(signal),
      close: async () => undefined,
    } as unknown as Driver
    const manifest = { id: this.id, contract: '1', version: '1', hypervisorType: 'fake', configSchema: true } as const
    return { manifest, open: async () => driver }
  }
}

/** An agent, and the power that it last told of the first driver's VM. It reports fully every hour unless told otherwise. */
async function watch(
  t: TestContext,
  fakes: readonly FakeDriver[],
  fullReportMs = 3_600_000,
): Promise<{ told: () => string | undefined; fullReports: () => number }> {
  let fullReports = 0
  const stateDir = await mkdtemp(join(tmpdir(), 'agent-watch-'))
  const bus = new MemoryBus(silentLogger)
  let told: string | undefined
  await bus.subscribe({ group: 'test', topics: ['agent.#'] }, async (json) => {
    const message = json as unknown as AgentReport | AgentHello
    if (message.type === 'agent-hello') {
      const vms = fakes.map((fake) => ({ instanceId, hostId: fake.nodeId, handle }))
      await bus.send(
        agentQueue(agentId),
        encodeMessage({ type: 'agent-welcome', version: 1, startId: message.startId, incarnation: 1, vms }),
      )
    } else if (message.type === 'agent-report') {
      told = message.vms.findLast(({ hostId }) => hostId === nodeId)?.power ?? told
      if (message.full) fullReports += 1
    }
  })
  const images = { open: () => Promise.reject(new Error('no images')) }
  const uploads = { send: () => Promise.reject(new Error('no images')) }
  const agent = new Agent(
    { bus, log: silentLogger, images, uploads, consoles: { bring: () => Promise.reject(new Error('no consoles')) } },
    {
      agentId,
      name: 'test',
      stateDir,
      drivers: fakes.map(({ plugin }) => ({ plugin, config: {}, explicit: true })),
      heartbeatMs: 3_600_000,
      fullReportMs,
    },
  )
  const started = agent.start()
  await waitUntil('the driver to be opened', () => {
    for (const fake of fakes) fake.health.push({ status: 'healthy', message: 'fine' })
    return told === undefined ? undefined : true
  })
  await started
  t.after(async () => {
    await agent.stop()
    await bus.close()
    await rm(stateDir, { recursive: true })
  })
  return { told: () => told, fullReports: () => fullReports }
}

test('a hypervisor that is back is looked at at once: its events were lost meanwhile', async (t) => {
  const fake = new FakeDriver()
  const { told } = await watch(t, [fake])
  assert.equal(told(), 'on')
  fake.health.push({ status: 'unhealthy', message: 'gone' })
  fake.power = 'crashed'
  fake.health.push({ status: 'healthy', message: 'back' })
  await waitUntil('the truth', () => (told() === 'crashed' ? true : undefined))
})

test('a look that fails after an event does not end the watch', async (t) => {
  const fake = new FakeDriver()
  const { told } = await watch(t, [fake])
  fake.power = 'paused'
  fake.failingLooks = 1
  fake.events.push({ instanceId, kind: 'paused' })
  fake.events.push({ instanceId, kind: 'paused' })
  await waitUntil('the truth', () => (told() === 'paused' ? true : undefined), { timeoutMs: 900 })
})

test('a driver that hangs holds up neither the looks at others nor the full reports', async (t) => {
  const fake = new FakeDriver()
  const hanging = new FakeDriver('hanging', 'bbbbbbbb-0000-4000-8000-000000000002')
  const { told, fullReports } = await watch(t, [hanging, fake], 200)
  hanging.hangs = true
  const before = fullReports()
  await waitUntil('full reports', () => (fullReports() >= before + 3 ? true : undefined))
  fake.power = 'crashed' // without an event
  await waitUntil('the truth', () => (told() === 'crashed' ? true : undefined))
})

test('of two looks at once the older one does not have the last word', async () => {
  const registry = new VmRegistry()
  registry.setIncarnation(1)
  registry.observe(nodeId, vm('on'))
  const looks: PromiseWithResolvers<VmState>[] = []
  const looking = lookAtVm(registry, { instanceId, hostId: nodeId }, () => {
    looks.push(Promise.withResolvers<VmState>())
    return (looks.at(-1) as PromiseWithResolvers<VmState>).promise
  })
  // A command suspends it, and reads that back, while the look at an earlier event is under way.
  registry.observe(nodeId, vm('suspended'))
  looks[0]?.resolve(vm('on'))
  await waitUntil('the second look', () => (looks.length === 2 ? true : undefined))
  looks[1]?.resolve(vm('suspended'))
  assert.equal((await looking).state?.power, 'suspended')
})

test('what was seen of a VM before it was removed does not bring it back, also when others were seen meanwhile', () => {
  const registry = new VmRegistry()
  registry.setIncarnation(1)
  registry.observe(nodeId, vm('on'))
  const mark = registry.mark
  const place = { instanceId, hostId: nodeId }
  registry.forget(place)
  assert.ok(registry.wasForgottenAfter(place, mark))
  registry.reconcile(new Set(['another host']), [], registry.mark)
  registry.reconcile(new Set([nodeId]), [vm('building')], mark)
  assert.deepEqual(registry.all(), [])
  assert.ok(!registry.wasForgottenAfter(place, registry.mark))
  registry.observe(nodeId, vm('on'))
  assert.equal(registry.all().length, 1, 'it may come again')
})
