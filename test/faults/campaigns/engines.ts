/** RabbitMQ stopped, killed, and wiped, and PostgreSQL restarted and killed, in the middle of boots and deletes. */
import type { ApiClient } from '../../../src/cli/api-client.ts'
import { delay } from '../../../src/util/delay.ts'
import { createServer, listServers } from '../../support/servers.ts'
import type { Campaign } from '../campaign.ts'
import { CloudStage } from '../cloud-stage.ts'

const outages: Readonly<Record<string, (set: CloudStage) => Promise<void>>> = {
  'RabbitMQ restarted': ({ cloud }) => cloud.rabbitmq.restart(),
  'RabbitMQ killed': async ({ cloud }) => {
    await cloud.rabbitmq.kill9()
    await cloud.rabbitmq.start()
  },
  'RabbitMQ wiped': ({ cloud }) => cloud.rabbitmq.wipe(),
  'PostgreSQL restarted': ({ cloud }) => cloud.postgres.restart('fast'),
  'PostgreSQL killed': ({ cloud }) => cloud.postgres.restart('immediate'),
}
const rounds = { short: 1, full: 4 }
const servers = 12

export const enginesCampaign: Campaign = {
  name: 'engines',
  needsEngines: true,
  ownDatabase: true,
  async run(stage) {
    const set = await CloudStage.set({ conductors: 2, agents: 2, fsync: true })
    try {
      for (let round = 0; round < rounds[stage.isShort ? 'short' : 'full']; round += 1) {
        for (const [fault, strike] of Object.entries(outages)) {
          const tally = stage.tally(fault)
          await tally.holds(`round ${round + 1}`, async () => {
            const client = await set.client()
            const work = bootAndDelete(client, set)
            // Somewhere in the middle of the boots, another place each time.
            await delay(50 + stage.random() * 600)
            await strike(set)
            tally.injected += 1
            await work
            await set.settle()
          })
          stage.say(`${fault}, round ${round + 1}`)
        }
      }
    } finally {
      await set.end()
    }
  },
}

/** A request that the API refuses, or that breaks off, promises nothing; whatever it accepted is looked at afterwards. */
async function bootAndDelete(client: ApiClient, { ingredients }: CloudStage): Promise<void> {
  const { imageId, flavorId } = ingredients
  const boots = Array.from({ length: servers }, (_, index) =>
    createServer(client, imageId, flavorId, `outage-${index}`).catch(() => undefined),
  )
  await Promise.all(boots)
  const found = await listServers(client).catch(() => [])
  await Promise.all(
    found
      .filter((_, index) => index % 3 === 0)
      .map(({ id }) => client.send('DELETE', `/compute/v2.1/servers/${id}`).catch(() => undefined)),
  )
}
