/** Drivers are named, or found by the path of their module. What has a `/` in it is a path. */
import { resolve } from 'node:path'
import type { Json } from '../util/json.ts'

export function isDriverPath(driver: string): boolean {
  return driver.includes('/')
}

/** Makes the paths in a list of drivers absolute; whatever is no such list stays as it is. */
export function resolveDriverPaths(drivers: Json, folder: string): Json {
  if (!Array.isArray(drivers)) return drivers
  return (drivers as readonly Json[]).map((driver) =>
    typeof driver === 'string' && isDriverPath(driver) ? resolve(folder, driver) : driver,
  )
}
