/**
 * rescue: power-off → rescue-vm → power-on, with a disk of another image before the instance's own; each step has its way back.
 * unrescue: the same the other way round. It has none: whatever fails leaves the instance rescued, to be unrescued again.
 */
import type { RescueImage } from '../driver/vm-spec.ts'
import { changeInstance, findInstance } from '../store/instances.ts'
import { keptConfigDrive } from './config-drive/config-drive-disk.ts'
import type { Saga, Step, StepContext } from './engine/saga.ts'
import { stepError } from './engine/step-error.ts'
import { placedInstance, powerSetter } from './reshape-vm.ts'
import type { SagaParts } from './saga-parts.ts'
import { toVmSpec } from './vm-spec.ts'

/** Stored as the operation's input. */
export interface InstanceRescueInput {
  readonly image: RescueImage
}

export function instanceRescueSagas(
  parts: SagaParts,
  { stopGraceMs }: { readonly stopGraceMs: number },
): readonly Saga[] {
  const { db, clock, calls } = parts
  const setAnyPower = powerSetter(parts, stopGraceMs)
  const setPower = async (context: StepContext, want: 'soft-off' | 'off' | 'on', suffix = ''): Promise<undefined> => {
    const { hostId } = await placedInstance(db, context)
    return setAnyPower(context, hostId, want, suffix)
  }
  const change = async (context: StepContext, call: 'rescue' | 'unrescue', suffix = ''): Promise<undefined> => {
    const { instance, hostId } = await placedInstance(db, context)
    if (instance.bootImage === null) {
      throw stepError('boot-image-unknown', 'Nobody knows what the server was booted from; rebuild it first.')
    }
    const spec = toVmSpec(instance, instance.bootImage, hostId, keptConfigDrive(instance))
    const { image } = context.operation.input as unknown as InstanceRescueInput
    const message =
      call === 'rescue' ? ({ method: call, hostId, spec, image } as const) : ({ method: call, hostId, spec } as const)
    await calls.call(context, hostId, message, suffix)
  }
  const off: Step = { name: 'power-off', run: (context) => setPower(context, 'soft-off') }
  const on: Step = { name: 'power-on', run: (context) => setPower(context, 'on') }
  const end = (kind: string, vmState: 'rescued' | 'active', steps: readonly Step[]): Saga => ({
    kind,
    steps,
    async succeeded({ instanceId, operationId }, trx) {
      const changes = { vmState, taskState: null, operationId: null, fault: null } as const
      await changeInstance(trx, instanceId, changes, clock.nowMs(), { operationId })
    },
    async failed({ instanceId, operationId }, trx) {
      await changeInstance(trx, instanceId, { taskState: null, operationId: null }, clock.nowMs(), { operationId })
    },
  })
  return [
    end('instance-rescue', 'rescued', [
      {
        ...off,
        async undo(context) {
          const wasRunning = (await findInstance(db, context.instanceId))?.vmState === 'active'
          if (wasRunning) await setPower(context, 'on', '/undo')
        },
      },
      {
        name: 'rescue-vm',
        run: (context) => change(context, 'rescue'),
        undo: (context) => change(context, 'unrescue', '/undo'),
      },
      { ...on, undo: (context) => setPower(context, 'off', '/undo') },
    ]),
    end('instance-unrescue', 'active', [
      off,
      { name: 'unrescue-vm', run: (context) => change(context, 'unrescue') },
      on,
    ]),
  ]
}
