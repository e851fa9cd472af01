/** `polyvisor operation show ID`: how far one piece of work came, step by step. */
import type { ApiClient } from './api-client.ts'
import { renderTable } from './table.ts'

interface OperationView {
  readonly id: string
  readonly kind: string
  readonly status: string
  readonly instance_id: string | null
  readonly request_id: string
  readonly created_at: string
  readonly finished_at: string | null
  readonly error: { readonly code: string; readonly message: string } | null
  readonly steps: readonly {
    readonly attempt: number
    readonly name: string
    readonly status: string
    readonly error: { readonly message: string } | null
  }[]
}

export async function printOperation(
  client: ApiClient,
  id: string,
  options: { readonly json: boolean },
): Promise<void> {
  const { operation } = await client.get<{ operation: OperationView }>(`/v1/operations/${encodeURIComponent(id)}`)
  if (options.json) {
    console.log(JSON.stringify(operation, null, 2))
    return
  }
  const facts = [
    ['id', operation.id],
    ['kind', operation.kind],
    ['status', operation.status],
    ['instance', operation.instance_id ?? '-'],
    ['request', operation.request_id],
    ['began', operation.created_at],
    ['ended', operation.finished_at ?? '-'],
    ...(operation.error === null ? [] : [['error', `${operation.error.code}: ${operation.error.message}`]]),
  ]
  for (const [name = '', value = ''] of facts) console.log(`${name.padEnd(10)}${value}`)
  if (operation.steps.length === 0) return
  const rows = operation.steps.map((step) => [String(step.attempt), step.name, step.status, step.error?.message ?? ''])
  console.log(`\n${renderTable(['TRY', 'STEP', 'STATUS', 'ERROR'], rows)}`)
}
