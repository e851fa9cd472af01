// breaking: an operation's steps stand in its own row, and there is no outbox: what must be done stands in `operations` and `commands`.
import type { Knex } from 'knex'

const batchSize = 500

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('operations', (table) => {
    // Every step of every attempt in the order in which they began, with what came of it.
    table.text('steps').notNullable().defaultTo('[]')
  })
  await moveSteps(db)
  await db.schema.dropTable('operation_steps')
  await db.schema.dropTable('outbox')
}

export async function down(db: Knex): Promise<void> {
  await db.schema.createTable('outbox', (table) => {
    table.increments('id')
    table.string('queue', 64).notNullable()
    table.text('message').notNullable()
    table.bigInteger('created_at').notNullable()
    table.string('owner', 64)
  })
  await db.schema.createTable('operation_steps', (table) => {
    table.string('operation_id', 36).notNullable().references('operations.id').onDelete('CASCADE')
    table.integer('attempt').notNullable()
    table.string('step', 64).notNullable()
    table.string('status', 32).notNullable()
    table.text('output')
    table.text('error')
    table.bigInteger('started_at').notNullable()
    table.bigInteger('finished_at')
    table.primary(['operation_id', 'attempt', 'step'])
  })
  await db.schema.alterTable('operations', (table) => {
    table.dropColumn('steps')
  })
}

type Row = Record<string, unknown>

async function moveSteps(db: Knex): Promise<void> {
  for (let last = ''; ;) {
    const ids = (await db('operations').where('id', '>', last).orderBy('id').limit(batchSize).pluck('id')) as string[]
    if (ids.length === 0) return
    const rows = (await db('operation_steps').whereIn('operation_id', ids).orderBy(['attempt', 'started_at'])) as Row[]
    for (const [id, steps] of Map.groupBy(rows, (row) => row['operation_id'] as string)) {
      await db('operations')
        .where({ id })
        .update({ steps: JSON.stringify(steps.map(toStep)) })
    }
    last = ids.at(-1) as string
  }
}

function toStep(row: Row): Row {
  const parsed = (text: unknown): unknown => (text === null ? null : JSON.parse(text as string))
  return {
    attempt: row['attempt'],
    step: row['step'],
    status: row['status'],
    output: parsed(row['output']),
    error: parsed(row['error']),
    startedAtMs: Number(row['started_at']),
    finishedAtMs: row['finished_at'] === null ? null : Number(row['finished_at']),
  }
}
