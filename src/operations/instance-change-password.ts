/** change-password: the guest's administrator gets the password that the operation keeps for as long as it runs. */
import { adminPassOf } from './admin-pass.ts'
import type { Saga } from './engine/saga.ts'
import { oneCallSaga } from './one-call-saga.ts'
import type { SagaParts } from './saga-parts.ts'

export function instanceChangePasswordSaga(parts: SagaParts): Saga {
  return oneCallSaga(parts, {
    action: 'change-password',
    step: 'set-admin-password',
    toCall: (hostId, { instanceId, operation }) => {
      const adminPassword = adminPassOf(operation)
      if (adminPassword === null) throw new Error('the operation has no password')
      return { method: 'set-admin-password', hostId, instanceId, adminPassword }
    },
  })
}
