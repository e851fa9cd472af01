/** Every saga of the house. A new operation is added here; tests enumerate this list. */
import type { Saga } from './engine/saga.ts'
import { hostSmokeTestSaga } from './host-smoke-test.ts'
import { instanceChangePasswordSaga } from './instance-change-password.ts'
import { instanceCreateSaga } from './instance-create.ts'
import { instanceDeleteSaga } from './instance-delete.ts'
import { instancePowerSagas, type InstancePowerOptions } from './instance-power.ts'
import { instanceRebuildSaga } from './instance-rebuild.ts'
import { instanceRescueSagas } from './instance-rescue.ts'
import { instanceEvacuateSaga } from './instance-evacuate.ts'
import { instanceLiveMigrateSaga } from './instance-live-migrate.ts'
import { instanceMoveSaga } from './instance-move.ts'
import { instanceMoveVerdictSagas } from './instance-move-verdict.ts'
import { instanceResizeSagas } from './instance-resize.ts'
import { instanceShelveSagas } from './instance-shelve.ts'
import { instanceSnapshotSagas } from './instance-snapshot.ts'
import { instanceUnshelveSagas } from './instance-unshelve.ts'
import { orphanRemoveSaga } from './orphan-remove.ts'
import type { SagaParts } from './saga-parts.ts'

export function allSagas(parts: SagaParts, options: InstancePowerOptions): readonly Saga[] {
  return [
    instanceCreateSaga(parts),
    instanceDeleteSaga(parts),
    ...instancePowerSagas(parts, options),
    instanceRebuildSaga(parts),
    ...instanceResizeSagas(parts, options),
    instanceMoveSaga(parts, options),
    ...instanceMoveVerdictSagas(parts, options),
    instanceEvacuateSaga(parts),
    instanceLiveMigrateSaga(parts),
    ...instanceSnapshotSagas(parts),
    ...instanceRescueSagas(parts, options),
    instanceChangePasswordSaga(parts),
    ...instanceShelveSagas(parts, options),
    ...instanceUnshelveSagas(parts),
    orphanRemoveSaga(parts),
    hostSmokeTestSaga(parts),
  ]
}
