/** Everything a driver needs, in one import. */
export * from './capabilities.ts'
export * from './config-drive.ts'
export * from './driver.ts'
export * from './driver-error.ts'
export * from './hash-spec.ts'
export * from './vm-spec.ts'
export type { ConsoleKind } from '../model/console.ts'
export type { DiskFormat } from '../model/disk-formats.ts'
