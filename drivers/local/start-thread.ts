/** Threads of ours, for what would stop the event loop. */
import { Worker } from 'node:worker_threads'

export function startThread(file: URL): Worker {
  standSomewhere()
  // Its own flags, not ours: ours may be a debugger's or a test runner's.
  return new Worker(file, { execArgv: ['--disable-warning=ExperimentalWarning'] })
}

/** No thread starts while our working directory is one that is gone, or in another root. */
function standSomewhere(): void {
  try {
    process.cwd()
  } catch {
    process.chdir('/')
  }
}
