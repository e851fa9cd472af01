/** The thread of `scans.ts`: one answer for each message. */
import { parentPort } from 'node:worker_threads'
import { scanAtOnce } from './proc.ts'

parentPort?.on('message', () => parentPort?.postMessage(scanAtOnce()))
