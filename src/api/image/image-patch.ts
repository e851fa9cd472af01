/**
 * The two JSON patches of Glance: `{op, path, value}` of v2.1, and `{<op>: path, value}` of v2.0, whose `add` refuses
 * what is there already. Of both the operations add, replace and remove, on the image's first level.
 */
import type { ImageChange } from '../../images/image-changes.ts'
import { badRequest } from '../../model/errors.ts'

type Entry = Readonly<Record<string, unknown>>

const oldMediaType = 'application/openstack-images-v2.0-json-patch'
const operations = ['add', 'replace', 'remove'] as const
type OperationName = (typeof operations)[number]

/** @throws PolyvisorError bad-request */
export function imagePatch(entries: readonly Entry[], mediaType: string): readonly ImageChange[] {
  const isOld = mediaType === oldMediaType
  return entries.map((entry) => {
    const [kind, pointer] = isOld ? oldOperation(entry) : newOperation(entry)
    const key = keyOf(pointer)
    if (kind === 'remove') return { kind, key }
    if (!Object.hasOwn(entry, 'value')) {
      throw badRequest('invalid-patch', `Operation "${kind}" requires a member named "value".`)
    }
    const { value } = entry
    return kind === 'add' ? { kind, key, value, ifThere: isOld ? 'refuse' : 'replace' } : { kind, key, value }
  })
}

function newOperation(entry: Entry): readonly [OperationName, string] {
  const kind = operations.find((name) => name === entry['op'])
  const { path } = entry
  if (kind !== undefined && typeof path === 'string') return [kind, path]
  throw badRequest('invalid-patch', 'Each entry needs an "op" of add, replace or remove, and a "path".')
}

function oldOperation(entry: Entry): readonly [OperationName, string] {
  const named = operations.filter((name) => Object.hasOwn(entry, name))
  const [kind] = named
  const path = kind === undefined ? undefined : entry[kind]
  if (kind !== undefined && named.length === 1 && typeof path === 'string') return [kind, path]
  throw badRequest(
    'invalid-patch',
    'Operation objects must contain exactly one member named "add", "remove", or "replace".',
  )
}

function keyOf(pointer: string): string {
  if (!pointer.startsWith('/')) throw badRequest('invalid-patch', `Pointer "${pointer}" does not start with "/".`)
  const key = pointer.slice(1)
  if (key === '' || key.includes('/')) {
    throw badRequest('invalid-patch', `Invalid JSON pointer for this resource: "${pointer}" is not one of its keys.`)
  }
  if (/~(?![01])/.test(key))
    throw badRequest('invalid-patch', `Pointer "${pointer}" contains "~" not part of "~0" or "~1".`)
  return key.replaceAll('~1', '/').replaceAll('~0', '~')
}
