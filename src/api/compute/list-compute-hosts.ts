import { zoneOf } from '../../model/host.ts'
import type { Handler } from '../handler.ts'

export const listComputeHosts: Handler<'listComputeHosts'> = async ({ query: { zone = '', service } }, services) => {
  const all = (await services.readModel.hosts()).map((host) => ({
    host_name: host.name,
    service: 'compute' as const,
    zone: zoneOf(host),
  }))
  const hosts = all.filter((host) => (zone === '' || host.zone === zone) && (service ?? host.service) === host.service)
  return { status: 200, body: { hosts } }
}
