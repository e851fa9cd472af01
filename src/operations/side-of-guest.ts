/** Where the guest of a live migration is, by what both hosts say of its VM. Pure. */

/** A power as drivers tell it; null: there is no VM; undefined: nobody answers. */
export type Told = string | null | undefined

/**
 * What came is at the destination whatever became of it since: off, crashed. What is half there may be switching over just
 * now, unless the source says that it has it.
 * @returns undefined while nobody can tell; `both`: it runs on two hosts, and whoever removes one guesses
 */
export function sideOfGuest(source: Told, destination: Told): 'source' | 'destination' | 'both' | undefined {
  if (destination === null) return 'source'
  if (destination === 'on' && source === 'on') return 'both'
  if (destination !== undefined && destination !== 'building') return 'destination'
  if (source === 'on' || source === 'paused') return 'source'
  return destination === 'building' && typeof source === 'string' ? 'source' : undefined
}
