/** What agents say is numbered, so that whoever stores it can tell newer from older. */

/** Generations of one incarnation of an agent lie above all of the one before. */
const generationsPerIncarnation = 1e9

export function firstGeneration(incarnation: number): number {
  return incarnation * generationsPerIncarnation
}

export function incarnationOf(generation: number): number {
  return Math.floor(generation / generationsPerIncarnation)
}
