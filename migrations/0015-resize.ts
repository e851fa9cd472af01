// compatible: what an instance was booted from, for rebuilding and resizing it, and the flavor that a resize can go back to.
import type { Knex } from 'knex'

const batchSize = 500

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('instances', (table) => {
    // The image's file as it was at the boot. Null: nobody knows any more; such an instance can be rebuilt, not resized.
    table.text('boot_image')
    // While a resize waits to be confirmed or reverted: the flavor before, and the state.
    table.text('resize')
  })
  await fillBootImages(db)
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('instances', (table) => {
    table.dropColumns('boot_image', 'resize')
  })
}

/** It stands in the operation that made the instance. */
async function fillBootImages(db: Knex): Promise<void> {
  for (let last = ''; ;) {
    const rows = (await db('operations')
      .where({ kind: 'instance-create' })
      .where('id', '>', last)
      .orderBy('id')
      .limit(batchSize)
      .select('id', 'instance_id', 'input')) as Record<string, string>[]
    if (rows.length === 0) return
    for (const { instance_id: id, input } of rows) {
      const { image } = JSON.parse(input ?? '{}') as { image?: object }
      if (image !== undefined)
        await db('instances')
          .where({ id })
          .update({ boot_image: JSON.stringify(image) })
    }
    last = rows.at(-1)?.['id'] ?? ''
  }
}
