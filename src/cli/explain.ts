/** `polyvisor explain`: what would become of a request for servers, filter by filter, and what would help. */
import type { components } from '../contract/types.gen.ts'
import type { ApiClient } from './api-client.ts'
import { CliError, exitCodes } from './cli-error.ts'
import { renderTable } from './table.ts'

type Explanation = components['schemas']['Explanation']
type Rejection = components['schemas']['SchedulingRejection']

export interface ExplainOptions {
  /** Ids or names. */
  readonly flavor: string
  readonly image: string
  readonly count: number
  readonly json: boolean
}

export async function printExplanation(client: ApiClient, options: ExplainOptions): Promise<void> {
  const [flavorRef, imageRef] = [await findFlavor(client, options.flavor), await findImage(client, options.image)]
  const server = { flavorRef, imageRef, min_count: options.count }
  const answer = await client.send('POST', '/v1/explain', { body: { server } })
  const { explanation } = (await answer.json()) as { explanation: Explanation }
  console.log(options.json ? JSON.stringify(explanation, null, 2) : renderExplanation(explanation))
}

export function renderExplanation(explanation: Explanation): string {
  const { summary, filters, top, hosts } = explanation
  return [
    summary,
    renderTable(
      ['FILTER', 'CHECKED', 'PASSED', 'REFUSED', 'REASON', 'WANTED', 'HAD'],
      filters.flatMap(({ filter, checked, passed, rejections }) => {
        const [first, ...others] = rejections.map(toCells)
        const nothing = ['', '', '', '']
        return [
          [filter, String(checked), String(passed), ...(first ?? nothing)],
          ...others.map((cells) => ['', '', '', ...cells]),
        ]
      }),
    ),
    ...(top.length === 0 ? [] : [renderTable(['BEST', 'SCORE'], top.map(toTopRow))]),
    ...(hosts === undefined || hosts.length === 0
      ? []
      : [renderTable(['HOST', 'REFUSED BY', 'REASON', 'WANTED', 'HAD'], hosts.map(toHostRow))]),
  ].join('\n\n')
}

function toCells({ count, reason, wanted, had }: Rejection): readonly string[] {
  return [String(count), reason, String(wanted ?? ''), String(had ?? '')]
}

/** Tenants see no names: there the best are numbered. */
function toTopRow({ name, score }: Explanation['top'][number], index: number): readonly string[] {
  return [name ?? `#${index + 1}`, score.toFixed(3)]
}

function toHostRow({
  name,
  filter,
  reason,
  wanted,
  had,
}: NonNullable<Explanation['hosts']>[number]): readonly string[] {
  return [name, filter ?? '-', reason ?? '', String(wanted ?? ''), String(had ?? '')]
}

interface Named {
  readonly id: string
  readonly name: string | null
}

async function findFlavor(client: ApiClient, wanted: string): Promise<string> {
  const { flavors } = await client.get<{ flavors: readonly Named[] }>('/compute/v2.1/flavors')
  return pick('flavor', wanted, flavors)
}

async function findImage(client: ApiClient, wanted: string): Promise<string> {
  const byName = await client.get<{ images: readonly Named[] }>(`/image/v2/images?name=${encodeURIComponent(wanted)}`)
  // Whatever else it is, it is taken for an id: the service says when there is no such image.
  return byName.images.length === 0 ? wanted : pick('image', wanted, byName.images)
}

function pick(what: string, wanted: string, all: readonly Named[]): string {
  const byId = all.find(({ id }) => id === wanted)
  if (byId !== undefined) return byId.id
  const [first, ...others] = all.filter(({ name }) => name === wanted)
  if (first === undefined) throw new CliError(exitCodes.failed, `there is no ${what} ${wanted}`)
  if (others.length > 0)
    throw new CliError(exitCodes.failed, `${others.length + 1} ${what}s are called ${wanted}; use the id of one`)
  return first.id
}
