/** An agent, and a conductor, that hang for longer than their leases and come back as if nothing had been. */
import assert from 'node:assert/strict'
import { waitUntil } from '../../../src/util/wait-until.ts'
import { createServer, listServers, waitUntilSettled, type HostView } from '../../support/servers.ts'
import type { Campaign } from '../campaign.ts'
import { CloudStage } from '../cloud-stage.ts'

const rounds = { short: 1, full: 5 }

export const cutOffCampaign: Campaign = {
  name: 'cut-off',
  needsEngines: true,
  ownDatabase: true,
  async run(stage) {
    const set = await CloudStage.set({ conductors: 2, agents: 2 })
    try {
      for (let round = 0; round < rounds[stage.isShort ? 'short' : 'full']; round += 1) {
        const agent = stage.tally('agent cut off for longer than its lease')
        await agent.holds(`round ${round + 1}`, () => hangAgent(set))
        agent.injected += 1
        const conductor = stage.tally('conductor cut off for longer than its leases')
        await conductor.holds(`round ${round + 1}`, () => hangConductor(set))
        conductor.injected += 1
        stage.say(`cut off, round ${round + 1}`)
      }
    } finally {
      await set.end()
    }
  },
}

/** Its hosts are noticed to be down, its servers missing and never stopped; what was asked meanwhile happens in the end. */
async function hangAgent(set: CloudStage): Promise<void> {
  const { cloud, ingredients } = set
  const client = await set.client()
  const ids = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      createServer(client, ingredients.imageId, ingredients.flavorId, `cut-${index}`),
    ),
  )
  for (const id of ids) assert.equal((await waitUntilSettled(client, id)).status, 'ACTIVE')
  cloud.signal('agent-1', 'SIGSTOP')
  try {
    const down = await waitUntil(
      'the hosts of the agent to be down',
      async () => {
        const { hosts } = await client.get<{ hosts: readonly HostView[] }>('/v1/hosts')
        const found = hosts.filter(({ up }) => !up)
        return found.length > 0 ? found.map(({ name }) => name) : undefined
      },
      { timeoutMs: 30_000 },
    )
    for (const server of await listServers(client)) {
      const isThere = !down.includes(server['OS-EXT-SRV-ATTR:hypervisor_hostname'] ?? '')
      assert.equal(server.status, 'ACTIVE', 'nobody stopped it')
      const power = (server as unknown as Record<string, unknown>)['OS-EXT-STS:power_state']
      // Both agents' simulated hosts have the same names: one that is there may look as if it were not.
      if (isThere) assert.equal(power, 1)
      else assert.ok(power === 0 || power === 1, `its power state is ${String(power)}`)
    }
    // Asked while nobody hears it: one is deleted, one stopped, wherever they are.
    await client.send('DELETE', `/compute/v2.1/servers/${ids[0] ?? ''}`)
    const stop = { body: { 'os-stop': null } }
    await client.send('POST', `/compute/v2.1/servers/${ids[1] ?? ''}/action`, stop)
  } finally {
    cloud.signal('agent-1', 'SIGCONT')
  }
  await set.settle()
}

/** The other one takes its work over; when it comes back, its writes are refused. */
async function hangConductor(set: CloudStage): Promise<void> {
  const { cloud, ingredients } = set
  const client = await set.client()
  const boots = Array.from({ length: 8 }, (_, index) =>
    createServer(client, ingredients.imageId, ingredients.flavorId, `hung-${index}`),
  )
  cloud.signal('conductor-1', 'SIGSTOP')
  try {
    const ids = await Promise.all(boots)
    // Its share of the queue lies with the one that hangs: the other finds the operations in the database.
    for (const id of ids) assert.equal((await waitUntilSettled(client, id)).status, 'ACTIVE')
  } finally {
    cloud.signal('conductor-1', 'SIGCONT')
  }
  await set.settle()
}
