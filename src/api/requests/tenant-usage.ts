/** The period of a usage report, and from 2.40 on its page. */
import { badRequest } from '../../model/errors.ts'
import type { ProjectId } from '../../model/ids.ts'
import type { InstanceUsage } from '../../store/read-model.ts'
import type { ApiRequest } from '../handler.ts'
import type { Services } from '../services.ts'
import { nextLink, type Link } from '../views/links.ts'
import type { UsagePeriod } from '../views/tenant-usage.ts'
import { pageSize, toPage } from './paging.ts'
import { readTime } from './words.ts'

type UsageRequest = ApiRequest<'listTenantUsages'> | ApiRequest<'showTenantUsage'>

const fourWeeksMs = 28 * 24 * 3_600_000

export interface UsagePage {
  readonly usages: readonly InstanceUsage[]
  readonly period: UsagePeriod
  readonly links: readonly Link[]
}

/** @throws PolyvisorError bad-request */
export async function readUsagePage(
  request: UsageRequest,
  services: Services,
  wanted: { readonly projectId?: ProjectId; readonly list: string },
): Promise<UsagePage> {
  const { query, microversion } = request
  const nowMs = services.clock.nowMs()
  const toMs = query.end === undefined ? nowMs : readTime('end', query.end)
  const fromMs = query.start === undefined ? toMs - fourWeeksMs : readTime('start', query.start)
  if (fromMs > toMs)
    throw badRequest('empty-period', 'Invalid start time. The start time cannot occur after the end time.')
  const size = microversion >= 40 ? pageSize(query.limit) : undefined
  const found = await services.readModel.usages({
    projectId: wanted.projectId,
    fromMs,
    toMs,
    marker: query.marker,
    limit: size === undefined ? undefined : size + 1,
  })
  if (found === undefined) throw badRequest('marker-not-found', `marker [${query.marker}] not found`)
  const { shown, nextAfter } = toPage(found, size ?? found.length)
  const base = { publicUrl: services.publicUrl, root: request.root }
  const links = nextAfter === undefined ? [] : [nextLink(base, wanted.list, request.rawQuery, nextAfter.id)]
  return { usages: shown, period: { fromMs, toMs, nowMs }, links }
}
