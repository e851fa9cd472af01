/** Which service's envelope a path's faults wear. */
import { computeEnvelope } from './compute.ts'
import type { Fault } from './fault.ts'
import { identityEnvelope } from './identity.ts'
import { imageEnvelope } from './image.ts'
import { polyvisorEnvelope } from './polyvisor.ts'

const envelopes: Readonly<Record<string, (fault: Fault) => object>> = {
  compute: computeEnvelope,
  identity: identityEnvelope,
  image: imageEnvelope,
}

export function envelopeFor(path: string): (fault: Fault) => object {
  const face = path.split('/').find((part) => part !== '') ?? ''
  return envelopes[face] ?? polyvisorEnvelope
}
