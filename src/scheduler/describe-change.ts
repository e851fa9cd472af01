/** A change in a sentence that says what to do; hosts are named to admins only. */
import type { Resources } from '../model/resources.ts'
import type { Change } from './smallest-change.ts'
import type { Remedy } from './types.ts'

/** `With at most 3072 MB of memory it would fit: 2 hosts have room.` */
export function describeChange(change: Change, isAdmin: boolean): string {
  const ofRequest = change.remedies.flatMap(describeWish)
  const wishes = ofRequest.length === 0 ? '' : `with ${ofRequest.join(', and ')}`
  if (change.host === undefined) return sentence(`${wishes} it would fit: ${hostCount(change.hosts)}`)
  const deeds = change.remedies.flatMap((remedy) => (remedy.kind === 'host' ? [deedsOf[remedy.mustBe]] : []))
  const atHost = isAdmin
    ? `once you ${deeds.join(', and ')} ${change.host.name}`
    : 'once your operator has brought back a host that is out of service'
  return sentence(`it would fit ${wishes === '' ? '' : `${wishes} `}${atHost}`)
}

const deedsOf = {
  enabled: 'enable host',
  up: 'wait until the agent answers of host',
  healthy: 'mend the hypervisor of host',
  tested: 'wait until a smoke test has passed on host',
} as const satisfies Record<Extract<Remedy, { kind: 'host' }>['mustBe'], string>

const units: Readonly<Record<keyof Resources, string>> = {
  vcpus: 'vCPUs',
  memoryMb: 'MB of memory',
  diskGb: 'GB of disk',
}

function describeWish(remedy: Remedy): readonly string[] {
  switch (remedy.kind) {
    case 'less':
      return [`at most ${remedy.atMost} ${units[remedy.amount]}`]
    case 'image':
      return [
        remedy.oneOf.length === 0
          ? `an image without ${remedy.property}`
          : `an image whose ${remedy.property} is ${remedy.oneOf.join(' or ')}`,
      ]
    case 'host':
      return []
  }
}

function hostCount(hosts: number): string {
  return hosts === 1 ? '1 host would take it' : `${hosts} hosts would take it`
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
