/** Asks a driver for one VM. A command and an event may make it look twice at once; the older look must not have the last word. */
import type { VmState } from '../driver/vm-spec.ts'
import type { VmPlace, VmRegistry } from './vm-registry.ts'

/** A VM that changes at every look is believed in the end; the next event or list sets it right. */
const maxLooks = 5

export interface VmLook {
  readonly state: VmState | null
  /** Of the registry, when this look began. */
  readonly mark: number
}

/** Looks until nothing newer was learnt of the VM meanwhile. */
export async function lookAtVm(
  registry: Pick<VmRegistry, 'mark' | 'wasTouchedAfter'>,
  place: VmPlace,
  get: () => Promise<VmState | null>,
): Promise<VmLook> {
  for (let looks = 1; ; looks += 1) {
    const { mark } = registry
    const state = await get()
    if (looks >= maxLooks || !registry.wasTouchedAfter(place, mark)) return { state, mark }
  }
}
