/** `polyvisor operation show ID`: how far one piece of work came, step by step, and what the scheduler decided. */
import type { components } from '../contract/types.gen.ts'
import type { ApiClient } from './api-client.ts'
import { renderTable } from './table.ts'

type Operation = components['schemas']['OperationDetail']
type Verdict = components['schemas']['SchedulingVerdict']

export async function printOperation(
  client: ApiClient,
  id: string,
  options: { readonly json: boolean },
): Promise<void> {
  const { operation } = await client.get<{ operation: Operation }>(`/v1/operations/${encodeURIComponent(id)}`)
  if (options.json) {
    console.log(JSON.stringify(operation, null, 2))
    return
  }
  for (const [name, value] of factsOf(operation)) console.log(`${name.padEnd(10)}${value}`)
  if (operation.steps.length > 0) {
    const rows = operation.steps.map((step) => [
      String(step.attempt),
      step.name,
      step.status,
      step.error === null ? '' : describeFault(step.error),
    ])
    console.log(`\n${renderTable(['TRY', 'STEP', 'STATUS', 'ERROR'], rows)}`)
  }
  for (const verdict of operation.verdicts) console.log(`\n${describeVerdict(verdict)}`)
}

function factsOf(operation: Operation): readonly (readonly [string, string])[] {
  const { progress, error } = operation
  return [
    ['id', operation.id],
    ['kind', operation.kind],
    ['status', operation.cancel_requested ? `${operation.status} (cancelled by a later request)` : operation.status],
    ['instance', operation.instance_id ?? '-'],
    ['request', operation.request_id],
    ['began', operation.created_at],
    ['ended', operation.finished_at ?? '-'],
    ...(progress === null ? [] : ([['progress', `${progress.step}: ${progress.phase}`]] as const)),
    ...(error === null ? [] : ([['error', describeFault(error)]] as const)),
  ]
}

function describeFault(fault: NonNullable<Operation['error']>): string {
  return `${fault.code}: ${fault.message}`
}

function describeVerdict({ considered, passed, rejections, chosen }: Verdict): string {
  const lines = rejections.map(({ filter, reason, count, wanted, had }) => {
    const amounts = wanted === undefined ? '' : ` (wanted ${wanted}, had ${had ?? 'none'})`
    return `  ${count} refused by ${filter}: ${reason}${amounts}`
  })
  const name = chosen?.name ?? 'none'
  return [`scheduler: ${passed} of ${considered} hosts would do; chosen: ${name}`, ...lines].join('\n')
}
