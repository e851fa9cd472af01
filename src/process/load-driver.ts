/** Loads a driver that lives outside of the house by its path: a module that exports `plugin`, or the manifest of a program (`driver.json`). */
import { stat } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { ConfigError } from '../config/config-error.ts'
import { compileSchema } from '../config/driver-config.ts'
import type { DriverPlugin, Manifest } from '../driver/driver.ts'
import { provideContract } from '../driver/provide-contract.ts'

const contract: Manifest['contract'] = '1'

/**
 * @param path absolute
 * @throws ConfigError that names the path and what is wrong with what lies there
 */
export async function loadDriver(path: string): Promise<DriverPlugin> {
  await assertFile(path)
  const found: Readonly<Record<string, unknown>> = path.endsWith('.json')
    ? { plugin: await loadProgram(path) }
    : await load(path)
  if (!('plugin' in found)) {
    const names = Object.keys(found)
    const instead = names.length === 0 ? 'nothing' : names.join(', ')
    throw mistake(path, `does not export \`plugin\`, a DriverPlugin of polyvisor/driver; it exports ${instead}`)
  }
  const problem = problemOf(found['plugin'])
  if (problem !== undefined) throw mistake(path, problem)
  return found['plugin'] as DriverPlugin
}

async function assertFile(path: string): Promise<void> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw mistake(path, cause.code === 'EACCES' ? 'may not be read by this user' : 'is not there', cause)
  })
  if (found.isDirectory()) throw mistake(path, `is a folder; name the driver's module in it, such as ${path}/index.js`)
}

async function load(path: string): Promise<Readonly<Record<string, unknown>>> {
  provideContract()
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>
  } catch (cause) {
    throw mistake(path, `cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`, cause)
  }
}

/** A program in whatever language, which its manifest file names. */
async function loadProgram(path: string): Promise<DriverPlugin> {
  const { loadManifest } = await import('../../drivers/json-lines/load-manifest.ts')
  return loadManifest(path).catch((cause: Error) => {
    throw mistake(path, cause instanceof SyntaxError ? `is not JSON: ${cause.message}` : cause.message, cause)
  })
}

/** What makes it no plugin; the version of the contract is judged first, since others may look different. */
function problemOf(plugin: unknown): string | undefined {
  const { manifest, open, validateHost } = fieldsOf(plugin)
  const { id, contract: spoken, version, hypervisorType, configSchema, instanceOptions } = fieldsOf(manifest)
  if (spoken === undefined) return 'its `plugin` has no `manifest.contract`, the version of the driver contract'
  if (spoken !== contract)
    return `speaks version ${JSON.stringify(spoken)} of the driver contract; this Polyvisor speaks "${contract}"`
  if (typeof id !== 'string' || !/^[a-z][a-z0-9-]*$/.test(id))
    return 'its `manifest.id` must be lower-case letters, digits and dashes, and begin with a letter'
  if (typeof version !== 'string' || version === '') return 'its `manifest.version` must be a text such as 1.0.0'
  if (typeof hypervisorType !== 'string' || hypervisorType === '')
    return 'its `manifest.hypervisorType` must be a text, which clients see'
  if (typeof open !== 'function') return 'its `plugin` has no function `open`'
  if (validateHost !== undefined && typeof validateHost !== 'function') return 'its `validateHost` is no function'
  return schemaProblem('configSchema', configSchema) ?? schemaProblem('instanceOptions', instanceOptions ?? true)
}

function schemaProblem(name: string, schema: unknown): string | undefined {
  const isSchema = typeof schema === 'boolean' || (typeof schema === 'object' && schema !== null)
  if (!isSchema) return `its \`manifest.${name}\` must be a JSON Schema: an object or true`
  try {
    compileSchema(schema as Manifest['configSchema'])
    return undefined
  } catch (error) {
    return `its \`manifest.${name}\` is no JSON Schema: ${(error as Error).message}`
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function mistake(path: string, problem: string, cause?: unknown): ConfigError {
  return new ConfigError('drivers', path, problem, { cause })
}
