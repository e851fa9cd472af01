/** The conformance kit: what a fixture and a test file need. */
export { checks } from './suites/index.ts'
export { describeDriver } from './describe-driver.ts'
export type {
  AgentGuest,
  ConformanceTarget,
  DiskDigest,
  Fixture,
  Observation,
  ObservedPower,
  SecondHost,
  TestImage,
  Victim,
} from './fixture.ts'
export { startDriverProcess, type DriverProcess } from './process/driver-process.ts'
export { ownMounts } from './own-mounts.ts'
export { DriverProcesses } from './process/driver-processes.ts'
export { makeRawImage, readByQemuImg, toQcow2Image } from './test-images.ts'
export { loadManifest, type ProgramPlugin } from '../json-lines/load-manifest.ts'
export { rules } from './rules.ts'
export { makeReport, reportPage, type Report } from './report.ts'
export type { Offer } from './offer.ts'
export { runConformance, titleOf, type CheckResult, type ConformanceRun, type RunOptions } from './run.ts'
