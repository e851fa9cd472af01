/**
 * Compute microversions are kept as their minor number: 37 stands for 2.37 (the major is 2 for ever).
 * Faces without microversions work at `noMicroversion`.
 */
export type Microversion = number

export const minMicroversion: Microversion = 1
/** What we advertise: raise it only when every existing operation has the right shapes up to it. */
export const maxMicroversion: Microversion = 93
export const noMicroversion: Microversion = 0

export function formatMicroversion(version: Microversion): string {
  return `2.${version}`
}

/** Reads a note of the contract, such as '2.37'. */
export function readMicroversion(text: string): Microversion {
  const match = /^2\.(\d+)$/.exec(text)
  if (match?.[1] === undefined) throw new Error(`not a compute microversion: ${text}`)
  return Number(match[1])
}
