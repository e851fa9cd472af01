// compatible: what is remembered of wrong passwords and of former ones.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('users', (table) => {
    // Wrong ones in a row, and when the last of them was.
    table.integer('failed_logins').notNullable().defaultTo(0)
    table.bigInteger('failed_login_at')
  })
  await db.schema.createTable('former_passwords', (table) => {
    table.increments('id')
    table.string('user_id', 64).notNullable().references('users.id').onDelete('CASCADE').index()
    table.text('password_hash').notNullable()
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('former_passwords')
  await db.schema.alterTable('users', (table) => {
    table.dropColumns('failed_logins', 'failed_login_at')
  })
}
