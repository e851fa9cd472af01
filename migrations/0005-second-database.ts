// compatible: what many processes on one PostgreSQL need.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('outbox', (table) => {
    // The process that put it there, and sends it; any other does when it has lain there for a while.
    table.string('owner', 64)
  })
  await db.schema.alterTable('images', (table) => {
    // Of the upload that goes on: only it may say how it ended, and when it was last seen tells whether it still goes on.
    table.string('upload_id', 36)
    table.bigInteger('upload_seen_at')
  })
  // One at a time for each instance, whoever finds the orphan.
  await db.raw(
    `create unique index operations_open_orphan_remove on operations (instance_id)
     where kind = 'orphan-remove' and status in ('pending', 'running', 'undoing')`,
  )
  await keepWholeFractions(db)
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop index operations_open_orphan_remove')
  await db.schema.alterTable('images', (table) => {
    table.dropColumns('upload_id', 'upload_seen_at')
  })
  await db.schema.alterTable('outbox', (table) => {
    table.dropColumn('owner')
  })
}

/** knex's float is a PostgreSQL real, in which 1.1 is a little more: 10 × 1.1 must be 11 where the scheduler says so. */
async function keepWholeFractions(db: Knex): Promise<void> {
  if ((db.client as { dialect: string }).dialect !== 'postgresql') return
  for (const [table, column] of [
    ['flavors', 'rxtx_factor'],
    ['hosts', 'vcpu_ratio'],
    ['hosts', 'memory_ratio'],
    ['hosts', 'disk_ratio'],
  ] as const) {
    await db.raw('alter table ?? alter column ?? type double precision using ??::text::double precision', [
      table,
      column,
      column,
    ])
  }
}
