/** Amounts that a host has and an instance takes. */
export interface Resources {
  readonly vcpus: number
  readonly memoryMb: number
  readonly diskGb: number
}
