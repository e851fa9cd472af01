/** What a driver says about a machine that it is to work on: `polyvisor host doctor` prints it, in virt-host-validate's manner. */
export const checkOutcomes = ['ok', 'warning', 'failed'] as const

export interface HostCheck {
  /** What is looked at; completes "Checking …": `device /dev/kvm`. The same at each run. */
  readonly name: string
  /** `failed`: guests cannot run here; `warning`: they can, and worse than they could. */
  readonly outcome: (typeof checkOutcomes)[number]
  /** What was found. */
  readonly message: string
  /** What to install or change, where something can be done about what is not ok. */
  readonly remedy?: string
}

/** Where the driver would work. None of it need be there. */
export interface HostPlaces {
  /** As in `HostServices`. */
  readonly stateDir: string
  /** The service's own, in which `stateDir` lies: what is in it the service makes, and opens to guests' users, at its start. */
  readonly dataDir: string
}
