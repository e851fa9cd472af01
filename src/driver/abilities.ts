/** The abilities of the contract by name, with what a driver that has one must offer: all of it. */
import type { Driver } from './driver.ts'

type Optional = { [K in keyof Driver]: undefined extends Driver[K] ? K : never }[keyof Driver]
export type Ability = Exclude<Optional, 'events' | undefined>

type MethodOf<A extends Ability> = keyof NonNullable<Driver[A]>

export const abilityMethods = {
  console: ['readLog'],
  remoteConsole: ['open'],
  screenshot: ['take'],
  pause: ['pause', 'unpause'],
  suspend: ['suspend', 'resume'],
  stats: ['read'],
  resize: ['resize'],
  disks: ['attach', 'detach'],
  nics: ['attach', 'detach'],
  snapshot: ['read'],
  rescue: ['rescue', 'unrescue'],
  migrate: ['prepare', 'run', 'forceComplete'],
  setAdminPassword: ['set'],
} as const satisfies { readonly [A in Ability]: readonly MethodOf<A>[] }

export const abilities = Object.keys(abilityMethods) as readonly Ability[]

export function abilitiesOf(driver: Driver): readonly Ability[] {
  return abilities.filter((ability) => driver[ability] !== undefined)
}
