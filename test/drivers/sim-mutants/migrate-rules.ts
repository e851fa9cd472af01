/** Mutants that break rule 11. */
import type { Control, MigrateAbility } from '../../../src/driver/index.ts'
import type { SimParts } from '../../../drivers/sim/sim-driver.ts'
import type { Json } from '../../../src/util/json.ts'
import { Base, isCode, type Mutant } from './base.ts'

type Run = Parameters<MigrateAbility['run']>

/** @param run of the mutant, in the place of the sound one */
function withRun(parts: SimParts, run: (sound: MigrateAbility['run'], ...args: Run) => Promise<void>): Base {
  const driver = new Base(parts)
  const { migrate } = driver
  const sound = migrate.run.bind(migrate)
  migrate.run = (...args) => run(sound, ...args)
  return driver
}

export const migrateMutants: readonly Mutant[] = [
  {
    name: 'the guest stays on at the source',
    breaks: 11,
    check: 'a guest goes on at the second host',
    make: (parts) =>
      withRun(parts, async (sound, ref, destination, control) => {
        await sound(ref, destination, control)
        const vm = parts.store.get(ref)
        if (vm !== undefined) parts.store.put({ ...vm, power: 'on' })
      }),
  },
  {
    name: 'the guest is booted anew at the destination',
    breaks: 11,
    check: 'a guest goes on at the second host',
    make: (parts) =>
      withRun(parts, async (sound, ref, destination, control) => {
        await sound(ref, destination, control)
        const there = parts.store.get({ ...ref, nodeId: nodeOf(destination) })
        if (there !== undefined) parts.store.put({ ...there, console: `${there.console}POLYVISOR-SIM-UP\n` })
      }),
  },
  {
    name: 'it switches the guest off before it knows that the other host has room',
    breaks: 11,
    check: 'a destination that is away',
    make: (parts) =>
      withRun(parts, async (sound, ref, destination, control) => {
        try {
          await sound(ref, destination, control)
        } catch (error) {
          const vm = parts.store.get(ref)
          if (vm !== undefined && isCode(error, 'INCOMPATIBLE')) parts.store.put({ ...vm, power: 'off' })
          throw error
        }
      }),
  },
  {
    name: 'it is on at the destination before it is off at the source',
    breaks: 11,
    check: 'killed after any native call of run',
    make: (parts) =>
      withRun(parts, async (sound, ref, destination, control: Control) => {
        const { store } = parts
        const there = store.get({ ...ref, nodeId: nodeOf(destination) })
        if (there?.power === 'building') store.put({ ...there, power: 'on' })
        await sound(ref, destination, control)
      }),
  },
]

function nodeOf(destination: Json): string {
  return (destination as { readonly nodeId?: string } | null)?.nodeId ?? ''
}
