/** From one flavor to another: what may not be, and what is held until the tenant has said that it may stay. */
import type { Flavor } from './flavor.ts'
import type { HostId } from './ids.ts'
import type { BootImage } from './image.ts'

/** Until it is confirmed or reverted. */
export interface PendingResize {
  readonly from: Flavor
  /** Where it was when it moved for it: its old VM waits there, switched off. */
  readonly source?: { readonly hostId: HostId; readonly bootImage: BootImage }
  /** Of the record that its verdict is noted in. */
  readonly migrationId?: string
  /** To which the instance returns. */
  readonly vmState: 'active' | 'stopped'
}

export interface ResizeRefusal {
  readonly kind: 'bad-request' | 'not-implemented'
  readonly code: string
  readonly message: string
}

/** @returns undefined when the one may become the other */
export function resizeRefusal(from: Flavor, to: Flavor): ResizeRefusal | undefined {
  if (from.id === to.id) return refused('same-flavor', 'When resizing, instances must change flavor!')
  if (to.diskGb < from.diskGb) {
    return refused(
      'flavor-disk-too-small',
      `A disk cannot become smaller: the server's has ${from.diskGb} GB, flavor ${to.id} has ${to.diskGb} GB.`,
    )
  }
  for (const [name, before, after] of [
    ['ephemeral disk', from.ephemeralGb, to.ephemeralGb],
    ['swap disk', from.swapMb, to.swapMb],
  ] as const) {
    if (before > 0 && after >= before) continue
    if (before === after) continue
    if (before === 0 || after === 0) {
      const message = `Flavor ${to.id} would add or remove the server's ${name}, which is not built yet; choose one that does not.`
      return { kind: 'not-implemented', code: 'resize-changes-disks', message }
    }
    return refused('flavor-disk-too-small', `A disk cannot become smaller, and flavor ${to.id} has a smaller ${name}.`)
  }
  return undefined
}

/** Of each the larger amount: whatever the tenant decides, there is room for it. */
export function largerOf<Amounts extends Readonly<Record<keyof Amounts, number>>>(
  one: Amounts,
  other: Amounts,
): Amounts {
  const names = Object.keys(one) as (keyof Amounts)[]
  return Object.fromEntries(names.map((name) => [name, Math.max(one[name], other[name])])) as Amounts
}

export function difference<Amounts extends Readonly<Record<keyof Amounts, number>>>(
  of: Amounts,
  less: Amounts,
): Amounts {
  const names = Object.keys(of) as (keyof Amounts)[]
  return Object.fromEntries(names.map((name) => [name, of[name] - less[name]])) as Amounts
}

function refused(code: string, message: string): ResizeRefusal {
  return { kind: 'bad-request', code, message }
}
