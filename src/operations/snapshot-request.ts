/** A request for an image of an instance, judged within the transaction that begins it. */
import { forbidden } from '../model/errors.ts'
import type { ImageId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import { unlimited } from '../model/quotas.ts'
import { snapshotImageOf } from '../model/snapshot-image.ts'
import type { Db } from '../store/database.ts'
import { findImage, insertImage } from '../store/images.ts'
import type { JsonObject } from '../util/json.ts'
import type { ActionContext, SnapshotInstance } from './instance-service-types.ts'
import type { QuotaService } from './quota-service.ts'

export interface PreparedSnapshot {
  readonly input: JsonObject
  readonly changes: Record<never, never>
  readonly afterwards: () => Promise<void>
}

/** @throws PolyvisorError forbidden when the image would say more than a project's quota of metadata allows */
export async function prepareSnapshot(
  trx: Db,
  instance: Instance,
  imageId: ImageId,
  { name, properties, backup }: SnapshotInstance,
  { context, quotas, nowMs }: { context: ActionContext; quotas: QuotaService; nowMs: number },
): Promise<PreparedSnapshot> {
  const { metadataItems: allowed } = await quotas.limits(context.projectId, trx)
  if (allowed !== unlimited && Object.keys(properties).length > allowed) {
    throw forbidden(`Image metadata limit exceeded: an image may have ${allowed} items at most.`)
  }
  const base = instance.imageId === null ? undefined : await findImage(trx, instance.imageId)
  const { projectId } = context
  const image = snapshotImageOf(
    instance,
    base,
    {
      id: imageId,
      name,
      type: backup === undefined ? 'snapshot' : 'backup',
      properties: backup === undefined ? properties : { ...properties, backup_type: backup.type },
    },
    context,
    nowMs,
  )
  return {
    input: { imageId, ...(backup === undefined ? {} : { rotation: { ...backup, projectId } }) },
    changes: {},
    afterwards: () => insertImage(trx, image),
  }
}
