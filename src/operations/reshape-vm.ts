/** Gives an instance's VM the shape of another flavor where it is: off, changed, and on again if it ran. Each step has its way back. */
import type { Flavor } from '../model/flavor.ts'
import type { HostId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import type { Db } from '../store/database.ts'
import { findInstance } from '../store/instances.ts'
import type { Step, StepContext } from './engine/saga.ts'
import { keptConfigDrive } from './config-drive/config-drive-disk.ts'
import { stepError } from './engine/step-error.ts'
import type { SagaParts } from './saga-parts.ts'
import { toVmSpec } from './vm-spec.ts'

export interface Reshape {
  readonly instance: Instance
  readonly hostId: HostId
  readonly from: Flavor
  readonly to: Flavor
  /** Whether the guest ran before, and shall again. */
  readonly isRunning: boolean
}

export type ReadReshape = (context: StepContext) => Promise<Reshape>

/** The instance and its host; neither changes while an operation holds it. @throws StepError */
export async function placedInstance(db: Db, context: StepContext): Promise<{ instance: Instance; hostId: HostId }> {
  const instance = await findInstance(db, context.instanceId)
  if (instance === undefined || instance.hostId === null) {
    throw stepError('no-host', 'The server is on no host; delete it and create it again.')
  }
  return { instance, hostId: instance.hostId }
}

/** A call of a step: `soft-off` gives the guest its time to end in good order. */
export type SetPower = (
  context: StepContext,
  hostId: HostId,
  want: 'soft-off' | 'off' | 'on',
  suffix?: string,
) => Promise<undefined>

export function powerSetter({ calls }: SagaParts, stopGraceMs: number): SetPower {
  return async (context, hostId, want, suffix = '') => {
    const { instanceId } = context
    const grace = want === 'soft-off' ? { graceMs: stopGraceMs } : {}
    await calls.call(context, hostId, { method: 'set-power', hostId, instanceId, want, ...grace }, suffix)
  }
}

export function reshapeSteps(parts: SagaParts, stopGraceMs: number, read: ReadReshape): readonly Step[] {
  const { calls } = parts
  const setAnyPower = powerSetter(parts, stopGraceMs)
  const setPower = async (context: StepContext, want: 'soft-off' | 'off' | 'on', suffix = ''): Promise<undefined> => {
    const { hostId, isRunning } = await read(context)
    return isRunning ? setAnyPower(context, hostId, want, suffix) : undefined
  }
  const reshape = async (context: StepContext, direction: 'from' | 'to', suffix = ''): Promise<undefined> => {
    const wanted = await read(context)
    const { instance, hostId } = wanted
    if (instance.bootImage === null) {
      throw stepError('boot-image-unknown', 'Nobody knows what the server was booted from; rebuild it first.')
    }
    const flavor = wanted[direction]
    const spec = toVmSpec({ ...instance, flavor }, instance.bootImage, hostId, keptConfigDrive(instance))
    await calls.call(context, hostId, { method: 'resize', hostId, spec }, suffix)
  }
  return [
    {
      name: 'power-off',
      run: (context) => setPower(context, 'soft-off'),
      undo: (context) => setPower(context, 'on', '/undo'),
    },
    {
      name: 'resize-vm',
      run: (context) => reshape(context, 'to'),
      undo: (context) => reshape(context, 'from', '/undo'),
    },
    {
      name: 'power-on',
      run: (context) => setPower(context, 'on'),
      undo: (context) => setPower(context, 'off', '/undo'),
    },
  ]
}
