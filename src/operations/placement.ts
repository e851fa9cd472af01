/** The one way from a request to a host: `pick-host` decides here, and explanations are made of the same decision. */
import type { ImageRef } from '../driver/vm-spec.ts'
import { explain, type Explanation } from '../scheduler/explain.ts'
import { describeDecision } from '../scheduler/describe-decision.ts'
import { describeChange } from '../scheduler/describe-change.ts'
import { filtersFor } from '../scheduler/filters/index.ts'
import { schedule } from '../scheduler/pipeline.ts'
import { smallestChanges } from '../scheduler/smallest-change.ts'
import type { Decision, HostState, ScheduleRequest } from '../scheduler/types.ts'
import { weighers } from '../scheduler/weighers/index.ts'
import { imageToBoot, leastFor, toScheduleRequest } from './boot-request.ts'
import { onlyHost } from './only-host.ts'
import { readPlaceWishes } from './placement-wishes.ts'
import type { Db } from '../store/database.ts'
import type { ProjectId } from '../model/ids.ts'
import type { CreateInstance } from './instance-service-types.ts'

/** Told of each real decision; for figures. */
export interface PlacementObserver {
  decided(decision: Decision, seconds: number): void
}

export interface PlacementParts {
  readonly db: Db
  readonly hosts: { current(): Promise<readonly HostState[]> }
  readonly observer?: PlacementObserver | undefined
}

export interface Placing {
  readonly decision: Decision
  /** The chosen one. */
  readonly host: HostState | undefined
}

export class Placement {
  readonly #db: Db
  readonly #hosts: PlacementParts['hosts']
  readonly #observer: PlacementObserver | undefined

  constructor({ db, hosts, observer }: PlacementParts) {
    this.#db = db
    this.#hosts = hosts
    this.#observer = observer
  }

  /** Reading the hosts counts as part of deciding. */
  async decide(request: ScheduleRequest): Promise<Placing> {
    const startedMs = performance.now()
    const hosts = await this.#hosts.current()
    const decision = schedule(hosts, request, pipelineFor(request))
    this.#observer?.decided(decision, (performance.now() - startedMs) / 1000)
    return { decision, host: hosts.find(({ id }) => id === decision.chosen?.hostId) }
  }

  /** Why no host was found, and what the tenant could do about it. */
  async describeRefusal(decision: Decision, request: ScheduleRequest, image: ImageRef): Promise<string> {
    const least = leastFor({ minMemoryMb: 0, minDiskGb: 0 }, image)
    const changes = smallestChanges(await this.#hosts.current(), request, filtersFor(request), least)
    return [describeDecision(decision), ...changes.map((change) => describeChange(change, false))].join(' ')
  }

  /**
   * What would become of the request now; nothing is created.
   * @throws PolyvisorError 400, as the request itself would
   */
  async explain(request: CreateInstance, projectId: ProjectId): Promise<Explanation> {
    const image = imageToBoot(request.flavor, request.image)
    const wish = { count: request.count.max, minimum: leastFor(request.image, image) }
    const { serverGroupId = null, hints, host } = request
    const hosts = await this.#hosts.current()
    const scheduleRequest = {
      ...toScheduleRequest({ ...request, image, imageProperties: request.image.properties }),
      ...(await readPlaceWishes(this.#db, { projectId, serverGroupId, hints })),
      ...(host === undefined ? {} : onlyHost(hosts, host)),
    }
    return explain(hosts, scheduleRequest, wish, pipelineFor(scheduleRequest))
  }
}

function pipelineFor(request: ScheduleRequest): Parameters<typeof schedule>[2] {
  return { filters: filtersFor(request), weighers }
}
