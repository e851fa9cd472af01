/** Branded identifiers: a host's id cannot be handed over where an instance's is wanted. All are lower-case UUIDs unless said otherwise. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name }

export type InstanceId = Brand<string, 'InstanceId'>
export type HostId = Brand<string, 'HostId'>
export type AgentId = Brand<string, 'AgentId'>
export type OperationId = Brand<string, 'OperationId'>
export type ImageId = Brand<string, 'ImageId'>
/** A free string of at most 255 characters: OpenStack's flavors have ids like "1". */
export type FlavorId = Brand<string, 'FlavorId'>
/** 32 hexadecimal digits, as Keystone's. */
export type ProjectId = Brand<string, 'ProjectId'>
/** 32 hexadecimal digits, as Keystone's. */
export type UserId = Brand<string, 'UserId'>

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isUuid(text: string): boolean {
  return uuidPattern.test(text)
}
