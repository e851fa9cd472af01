/** Where a service keeps what settings may place outside of its data directory, as it told in its service.json. */
import { readFile } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { credentialKeyName, passwordName } from './archive.ts'

export interface ServicePlaces {
  readonly imagesDir: string
  readonly adminPasswordFile: string
  readonly credentialKeyFile: string
}

/** What service.json says; null when there is none: a service that never came up, or an older one's. */
export async function readServiceFacts(dataDir: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(dataDir, 'service.json'), 'utf8'))
  } catch {
    return null
  }
}

export function placesOf(dataDir: string, facts: unknown): ServicePlaces {
  const told = (facts ?? {}) as { readonly [Key in keyof ServicePlaces | 'dataDir']?: unknown }
  const inside = placesInside(dataDir)
  const at = (key: keyof ServicePlaces): string => {
    const path = told[key]
    if (typeof path !== 'string') return inside[key]
    // The data directory itself may have been moved since, with what is in it.
    const within = typeof told.dataDir === 'string' ? relative(told.dataDir, path) : '..'
    return within.startsWith('..') || isAbsolute(within) ? path : resolve(dataDir, within)
  }
  return {
    imagesDir: at('imagesDir'),
    adminPasswordFile: at('adminPasswordFile'),
    credentialKeyFile: at('credentialKeyFile'),
  }
}

/** The settings that name another place than the usual one. */
export function movedSettings(dataDir: string, places: ServicePlaces): readonly string[] {
  const inside = placesInside(dataDir)
  return (Object.keys(inside) as (keyof ServicePlaces)[]).filter((key) => places[key] !== inside[key])
}

function placesInside(dataDir: string): ServicePlaces {
  return {
    imagesDir: resolve(dataDir, 'images'),
    adminPasswordFile: resolve(dataDir, passwordName),
    credentialKeyFile: resolve(dataDir, credentialKeyName),
  }
}
