// compatible: what projects may have, and what they have.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('quota_limits', (table) => {
    table.string('project_id', 64).notNullable()
    table.string('name', 64).notNullable()
    // -1 is without a limit. A project without a row has the configured default.
    table.integer('hard_limit').notNullable()
    table.primary(['project_id', 'name'])
  })
  // Sums of the project's instances, changed in the same transaction as they.
  await db.schema.createTable('quota_usages', (table) => {
    table.string('project_id', 64).primary()
    table.integer('instances').notNullable().defaultTo(0)
    table.integer('cores').notNullable().defaultTo(0)
    table.bigInteger('ram_mb').notNullable().defaultTo(0)
  })
  await countWhatIsThere(db)
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('quota_usages')
  await db.schema.dropTableIfExists('quota_limits')
}

async function countWhatIsThere(db: Knex): Promise<void> {
  const rows = (await db('instances').whereNull('deleted_at').select('project_id', 'flavor')) as {
    project_id: string
    flavor: string
  }[]
  const sums = new Map<string, { instances: number; cores: number; ram_mb: number }>()
  for (const { project_id: id, flavor } of rows) {
    const { vcpus, memoryMb } = JSON.parse(flavor) as { vcpus: number; memoryMb: number }
    const { instances, cores, ram_mb: ramMb } = sums.get(id) ?? { instances: 0, cores: 0, ram_mb: 0 }
    sums.set(id, { instances: instances + 1, cores: cores + vcpus, ram_mb: ramMb + memoryMb })
  }
  for (const [id, sum] of sums) await db('quota_usages').insert({ project_id: id, ...sum })
}
