/** Where the guest of a live migration is, by what both hosts say of its VM. Pure. */
import type { VmState } from '../driver/vm-spec.ts'

/** What a driver tells; null: there is no VM; undefined: nobody answers. */
export type Told = Pick<VmState, 'power' | 'isMigrating'> | null | undefined

export type Side = 'source' | 'destination' | 'both'

/**
 * The source must be asked first: while the guest leaves nothing is decided, and once it has not left, it does not leave any more.
 * What came is at the destination whatever became of it since (off, crashed), but one that came and stands still there while
 * it runs here never went.
 * @returns undefined while nobody can tell; `both`: it runs on two hosts, and whoever removes one guesses
 */
export function sideOfGuest(source: Told, destination: Told): Side | undefined {
  if (source !== null && source !== undefined) return sideBySource(source, destination)
  if (destination === null) return 'source'
  // One that stands still may wait for the word of the source, which is silent.
  const hasCome = destination !== undefined && destination.power !== 'building'
  return hasCome && (source === null || destination.power !== 'paused') ? 'destination' : undefined
}

function sideBySource(source: NonNullable<Told>, destination: Told): Side | undefined {
  if (source.isMigrating === true) return undefined
  const there = destination?.power
  if (source.power === 'on') return there === 'on' ? 'both' : 'source'
  if (there !== undefined && there !== 'building') return 'destination'
  // Paused here: held, and not let go by anybody there. Off here: it ended on its way, unless it came there.
  return source.power === 'paused' || destination !== undefined ? 'source' : undefined
}
