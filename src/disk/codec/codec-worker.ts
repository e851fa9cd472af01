/** A thread of codec-workers.ts: packs and unpacks blocks in shared memory, a handful for each message. */
import { parentPort } from 'node:worker_threads'
import { loadLibdeflate } from '../native/libdeflate.ts'
import type { CodecJob, SharedBlock } from './codec-workers.ts'

const library = loadLibdeflate()
if (library === undefined || parentPort === null) throw new Error('this runs in a thread, and only with libdeflate')
const port = parentPort

function run({ container, level, input, target }: CodecJob): number | undefined {
  return level === undefined
    ? library?.decompress(container, view(input), view(target))
    : library?.compress(container, level, view(input), view(target))
}

function view({ memory, offset, length }: SharedBlock): Buffer {
  return Buffer.from(memory, offset, length)
}

port.on('message', (jobs: readonly CodecJob[]) => port.postMessage(jobs.map(run)))
