/**
 * A hook for tests that kill the process at a chosen checkpoint: POLYVISOR_TEST_DIE_AT=saga/step/moment ends it with
 * SIGKILL there, as a crash would. Unset in every real use.
 */
import type { CheckpointHook } from '../operations/engine/saga.ts'

export function processHook(): CheckpointHook | undefined {
  const dieAt = process.env['POLYVISOR_TEST_DIE_AT']
  if (dieAt === undefined) return undefined
  return ({ kind, step, moment }) => {
    if (`${kind}/${step}/${moment}` === dieAt) process.kill(process.pid, 'SIGKILL')
  }
}

/** POLYVISOR_TEST_VALIDATE_RESPONSES=1: every answer is checked against the contract, and a wrong one becomes a loud 500. */
export function shouldValidateResponses(): boolean {
  return process.env['POLYVISOR_TEST_VALIDATE_RESPONSES'] === '1'
}
