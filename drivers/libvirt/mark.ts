/**
 * Our mark inside a libvirt domain: one element in <metadata>, in a namespace of our own. A domain without it is foreign:
 * it is never touched and never listed (rule 2). It also tells half-built domains from whole ones.
 */
import type { XmlElement } from './xml-element.ts'
import { element, parseXml } from './xml-element.ts'

export const markNamespace = 'urn:polyvisor:1'
export const markPrefix = 'polyvisor'
const markName = 'instance'

/** `building` and `removing` are both half there; `ready` is whole. */
export type MarkState = 'building' | 'ready' | 'removing'

export interface Mark {
  readonly instanceId: string
  readonly nodeId: string
  /** The label that people gave it, exactly (libvirt's own title holds no line ends). */
  readonly name: string
  /** sha256 of the spec that the domain was made from. */
  readonly specHash: string
  /** Version of the driver's handle that this domain was made with. */
  readonly handleVersion: number
  readonly state: MarkState
  /** In the running definition of a guest that is coming from another host, or came, and was not told to go on yet: what it was there. */
  readonly arrivesAs?: ArrivalPower
  /** Whose password the agent in the guest sets; absent without an agent. */
  readonly adminUser?: string
  /** No snapshot of it is taken while its file systems go on. */
  readonly requiresQuiesce?: boolean
}

export type ArrivalPower = 'on' | 'paused'

function markAttributes(mark: Mark): Record<string, string> {
  return {
    id: mark.instanceId,
    node: mark.nodeId,
    name: mark.name,
    spec: mark.specHash,
    handle: String(mark.handleVersion),
    state: mark.state,
    ...(mark.arrivesAs === undefined ? {} : { 'arrives-as': mark.arrivesAs }),
    ...(mark.adminUser === undefined ? {} : { admin: mark.adminUser }),
    ...(mark.requiresQuiesce === true ? { quiesce: 'required' } : {}),
  }
}

/** As it stands inside <metadata> of a domain that is being defined. */
export function markElement(mark: Mark): XmlElement {
  return element(`${markPrefix}:${markName}`, { [`xmlns:${markPrefix}`]: markNamespace, ...markAttributes(mark) })
}

/** As virDomainSetMetadata wants it: the namespace is an argument of its own there. */
export function bareMarkElement(mark: Mark): XmlElement {
  return element(markName, markAttributes(mark))
}

/** null when the element is not one that we wrote. */
export function parseMark(xml: string): Mark | null {
  let found: XmlElement
  try {
    found = parseXml(xml)
  } catch {
    return null
  }
  const { id, node, name = '', spec, handle, state, admin, quiesce } = found.attributes
  const isOurs = found.name === markName || found.name === `${markPrefix}:${markName}`
  if (!isOurs || id === undefined || node === undefined || spec === undefined) return null
  if (state !== 'building' && state !== 'ready' && state !== 'removing') return null
  const arrivesAs = found.attributes['arrives-as']
  return {
    instanceId: id,
    nodeId: node,
    name,
    specHash: spec,
    handleVersion: Number(handle ?? 1),
    state,
    ...(arrivesAs === 'on' || arrivesAs === 'paused' ? { arrivesAs } : {}),
    ...(admin === undefined ? {} : { adminUser: admin }),
    ...(quiesce === 'required' ? { requiresQuiesce: true } : {}),
  }
}
