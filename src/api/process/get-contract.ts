import { createReadStream } from 'node:fs'
import type { Handler } from '../handler.ts'

const file = new URL('../../../openapi.yaml', import.meta.url)

export const getContract: Handler<'getContract'> = () => ({
  status: 200,
  headers: { 'content-type': 'application/yaml' },
  body: createReadStream(file),
})
