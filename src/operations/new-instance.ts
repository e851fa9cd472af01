/** What a request for an instance, or for something to be done with one, writes down. */
import type { ImageRef } from '../driver/vm-spec.ts'
import type { InstanceId } from '../model/ids.ts'
import type { Instance, Reservation } from '../model/instance.ts'
import { pendingOperation, type Operation } from '../model/operation.ts'
import type { JsonObject } from '../util/json.ts'
import { secretOf } from './admin-pass.ts'
import { needsConfigDrive } from './config-drive/config-drive-disk.ts'
import type { ActionContext, CreateInstance } from './instance-service-types.ts'

interface At {
  readonly context: ActionContext
  readonly nowMs: number
}

export interface NewInstance {
  readonly instance: Instance
  readonly operation: Operation
}

/** @param image what it boots from */
export function newInstance(
  name: string,
  reservation: Reservation,
  request: CreateInstance,
  image: ImageRef,
  at: At,
): NewInstance {
  const { context, nowMs } = at
  const bare: Instance = {
    id: crypto.randomUUID() as InstanceId,
    projectId: context.projectId,
    userId: context.userId,
    name,
    description: request.description ?? null,
    flavor: request.flavor,
    resize: null,
    shelved: null,
    imageId: request.image.id,
    bootImage: image,
    imageProperties: request.image.properties,
    hostId: null,
    nics: [],
    reservation,
    serverGroupId: request.serverGroupId ?? null,
    hints: request.hints,
    vmState: 'building',
    taskState: 'scheduling',
    operationId: null,
    fault: null,
    keyName: request.keyName ?? null,
    metadata: request.metadata,
    attributes: request.attributes,
    lock: null,
    userData: request.userData ?? null,
    configDrive: needsConfigDrive({ ...request, ...request.attributes }, request.image.properties),
    availabilityZone: request.availabilityZone ?? null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    launchedAtMs: null,
    terminatedAtMs: null,
    deletedAtMs: null,
  }
  const { host } = request
  const only = host === undefined ? {} : { hostId: host.id, isForced: host.isForced }
  // Conductors before migration 0046 look for the hints here.
  const input = { image, nics: request.nics, hints: request.hints, ...only } as unknown as JsonObject
  const secret = secretOf(request.adminPass, bare.configDrive)
  const operation = { ...newOperation('instance-create', bare, input, at), ...secret }
  return { instance: { ...bare, operationId: operation.id }, operation }
}

export function newOperation(kind: string, instance: Instance, input: JsonObject, { context, nowMs }: At): Operation {
  const { projectId, id: instanceId } = instance
  const { userId, requestId } = context
  return pendingOperation({ kind, projectId, userId, requestId, instanceId, input }, nowMs)
}
