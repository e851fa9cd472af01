/** All checks, in the order in which they run: what others rely on comes first. */
import type { Check } from '../check.ts'
import { abilityChecks } from './abilities.ts'
import { cancelChecks } from './cancel.ts'
import { capabilityChecks } from './capabilities.ts'
import { concurrencyChecks } from './concurrency.ts'
import { deviceChecks } from './devices.ts'
import { diskChecks } from './disks.ts'
import { ensureChecks } from './ensure.ts'
import { errorChecks } from './errors.ts'
import { identityChecks } from './identity.ts'
import { inventoryChecks } from './inventory.ts'
import { lifeChecks } from './life.ts'
import { manifestChecks } from './manifest.ts'
import { migrateChecks } from './migrate.ts'
import { nativeCallChecks } from './native-calls.ts'
import { progressChecks } from './progress.ts'
import { readBackChecks } from './read-back.ts'
import { resumeChecks } from './resume.ts'
import { screenshotChecks } from './screenshot.ts'
import { snapshotChecks } from './snapshot.ts'

export const checks: readonly Check[] = [
  ...manifestChecks,
  ...lifeChecks,
  ...inventoryChecks,
  ...capabilityChecks,
  ...ensureChecks,
  ...identityChecks,
  ...readBackChecks,
  ...errorChecks,
  ...progressChecks,
  ...diskChecks,
  ...abilityChecks,
  ...screenshotChecks,
  ...deviceChecks,
  ...snapshotChecks,
  ...migrateChecks,
  ...concurrencyChecks,
  ...cancelChecks,
  ...resumeChecks,
  ...nativeCallChecks,
]
