/** What a machine needs for a driver, by Debian's package names: what is missing, and the line that installs it. */
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface SystemPackage {
  readonly name: string
  /** What is missing without it, for people. */
  readonly provides: string
  /** Present when one of these is there: a command's name, or an absolute path. */
  readonly oneOf: readonly string[]
}

/** Commands of administrators are looked for where Debian keeps them, even if PATH lacks it. */
export function findCommand(command: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/bin', '/bin']
  return folders.map((folder) => join(folder, command)).find((path) => isExecutable(path))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export function missingPackages(packages: readonly SystemPackage[]): readonly SystemPackage[] {
  return packages.filter(
    ({ oneOf }) => !oneOf.some((what) => (what.startsWith('/') ? existsSync(what) : findCommand(what))),
  )
}

/** One line for the operator, or undefined when nothing is missing. */
export function missingPackagesMessage(packages: readonly SystemPackage[]): string | undefined {
  const missing = missingPackages(packages)
  if (missing.length === 0) return undefined
  const what = missing.map(({ provides }) => provides).join(', ')
  return `${what} missing; run: ${installCommand(missing)}`
}

export function installCommand(packages: readonly SystemPackage[]): string {
  return `apt-get install -y --no-install-recommends ${packages.map(({ name }) => name).join(' ')}`
}
