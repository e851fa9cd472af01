/** Amounts that a host has and an instance takes. */
export interface Resources {
  readonly vcpus: number
  readonly memoryMb: number
  readonly diskGb: number
}

export const noResources: Resources = { vcpus: 0, memoryMb: 0, diskGb: 0 }
