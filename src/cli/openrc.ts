/** `polyvisor openrc`: shell lines that make `openstack` work as the admin of one data directory. */
import { isRunning, readAdminPassword, readServiceFile } from './service-file.ts'

export type OpenrcVariables = Readonly<Record<string, string>>

/** @throws CliError */
export async function readOpenrc(dataDir: string): Promise<{ variables: OpenrcVariables; running: boolean }> {
  const service = await readServiceFile(dataDir)
  const password = await readAdminPassword(dataDir)
  const variables = {
    OS_AUTH_URL: `${service.publicUrl}/identity`,
    OS_IDENTITY_API_VERSION: '3',
    OS_USERNAME: 'admin',
    OS_PASSWORD: password,
    OS_PROJECT_NAME: 'admin',
    OS_USER_DOMAIN_ID: 'default',
    OS_PROJECT_DOMAIN_ID: 'default',
    OS_REGION_NAME: service.region,
    OS_INTERFACE: 'public',
  }
  return { variables, running: isRunning(service) }
}

export async function printOpenrc(dataDir: string): Promise<void> {
  const { variables, running } = await readOpenrc(dataDir)
  for (const [name, value] of Object.entries(variables)) console.log(`export ${name}=${quote(value)}`)
  console.log(
    '# use it with: eval "$(polyvisor openrc …)"; `server create --nic none` needs --os-compute-api-version 2.37',
  )
  if (!running)
    console.error(`polyvisor: the service does not run; start it with: polyvisor serve --data-dir ${dataDir}`)
}

function quote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`
}
