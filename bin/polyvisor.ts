/** Joins the command line to the service; the service is loaded only when it is to run. */
import { runCommandLine } from '../src/cli/command-line.ts'

process.exitCode = await runCommandLine(process.argv.slice(2), {
  startService: async (config) => {
    const { start } = await import('../src/main.ts')
    return start(config)
  },
  loadBackup: () => import('../src/backup/index.ts'),
  loadValidateHost: async () => (await import('../src/process/validate-host.ts')).validateHost,
})
