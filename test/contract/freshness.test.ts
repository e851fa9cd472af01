import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateContract, staleFiles } from '../../scripts/generate-contract.ts'

test('the generated contract is fresh and every operation has its handler file', async () => {
  const { files, missingHandlers } = await generateContract()
  assert.deepEqual(staleFiles(files), [], 'run "npm run generate" and commit what it writes')
  assert.deepEqual(missingHandlers, [], 'write these handlers under src/api')
})
