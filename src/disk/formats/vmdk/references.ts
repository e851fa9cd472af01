import type { RefusableReference } from '../../references.ts'
import { externalExtent, parentRefusal } from './descriptor.ts'
import type { VmdkDescriptor, VmdkExtent } from './descriptor.ts'

/** The file of one extent, as the caller's resolver is asked for it. */
export function extentReference({ name, type }: VmdkExtent): RefusableReference {
  return { kind: 'extent', names: [name], format: type === 'SPARSE' ? 'vmdk' : 'raw', refusal: externalExtent }
}

/** The disk that a snapshot stands on. */
export function parentReference({ parentName }: VmdkDescriptor): RefusableReference {
  const names = parentName === '' ? [] : [parentName]
  return { kind: 'backing-file', names, format: 'vmdk', refusal: parentRefusal }
}
