import { test } from 'node:test'
import { sweepCrashes } from '../support/crash-sweep.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import { makeTestGuest } from '../support/test-guest.ts'

test('kill -9 while a real guest is made or removed leaves nothing behind', { skip: qemuMissing }, (t) =>
  sweepCrashes(t, {
    args: ['--driver', 'qemu'],
    makeImage: makeTestGuest,
    checkpoints: [
      'instance-create/claim/after-run',
      'instance-create/define-vm/begun',
      'instance-create/define-vm/after-run',
      'instance-create/start/begun',
      'instance-create/start/after-run',
      'instance-delete/remove-vm/begun',
      'instance-delete/remove-vm/after-run',
    ],
  }),
)
