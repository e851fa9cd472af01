// compatible: staged bytes and imports of images, and the tasks that tell how they went.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('images', (table) => {
    // What the bytes that wait for an import turned out to be, as JSON; null while there are none.
    table.text('staged')
    // The image's newest import: its task, and running, done or failed.
    table.string('import_task_id', 36)
    table.string('import_state', 16)
  })
  await db.schema.createTable('image_tasks', (table) => {
    table.string('id', 36).primary()
    table.string('type', 32).notNullable()
    // pending, processing, success or failure.
    table.string('status', 16).notNullable()
    table.string('image_id', 36).notNullable().index()
    table.string('owner_project_id', 64).notNullable()
    table.string('user_id', 64).notNullable()
    table.string('request_id', 64).notNullable()
    // What was asked for, as JSON.
    table.text('input').notNullable()
    // In words for the owner.
    table.text('message').notNullable().defaultTo('')
    // How often a process began with it.
    table.integer('attempts').notNullable().defaultTo(0)
    table.bigInteger('created_at').notNullable()
    table.bigInteger('updated_at').notNullable()
    // Set with the last word: it is forgotten then.
    table.bigInteger('expires_at').index()
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('image_tasks')
  await db.schema.alterTable('images', (table) => {
    table.dropColumns('staged', 'import_task_id', 'import_state')
  })
}
