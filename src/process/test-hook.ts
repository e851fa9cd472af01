/**
 * Hooks for tests that kill the process at a chosen moment: POLYVISOR_TEST_DIE_AT=saga/step/moment (conductors),
 * agent/method/moment or api/operation/moment ends it with SIGKILL there, as a crash would. POLYVISOR_TEST_DIE_AT_FILE
 * names a file that holds the moment, and is read each time. Unset in every real use.
 */
import { readFileSync } from 'node:fs'
import type { CheckpointHook } from '../operations/engine/saga.ts'

export function processHook(): CheckpointHook | undefined {
  const strike = striker()
  return strike && (({ kind, step, moment }) => strike(`${kind}/${step}/${moment}`))
}

export function agentHook(): ((method: string, moment: string) => void) | undefined {
  const strike = striker()
  return strike && ((method, moment) => strike(`agent/${method}/${moment}`))
}

export function apiHook(): ((operationId: string, moment: string) => void) | undefined {
  const strike = striker()
  return strike && ((operationId, moment) => strike(`api/${operationId}/${moment}`))
}

/** POLYVISOR_TEST_LEASE_MS: a test that kills conductors need not wait for a real lease to end. */
export function leaseMs(): number | undefined {
  const text = process.env['POLYVISOR_TEST_LEASE_MS']
  return text === undefined ? undefined : Number(text)
}

function striker(): ((moment: string) => void) | undefined {
  const { POLYVISOR_TEST_DIE_AT: dieAt, POLYVISOR_TEST_DIE_AT_FILE: file } = process.env
  if (dieAt === undefined && file === undefined) return undefined
  return (moment) => {
    if (moment === dieAt || (file !== undefined && moment === readFileSync(file, 'utf8')))
      process.kill(process.pid, 'SIGKILL')
  }
}

/** POLYVISOR_TEST_VALIDATE_RESPONSES=1: every answer is checked against the contract, and a wrong one becomes a loud 500. */
export function shouldValidateResponses(): boolean {
  return process.env['POLYVISOR_TEST_VALIDATE_RESPONSES'] === '1'
}
