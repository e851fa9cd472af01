import type { Handler } from '../handler.ts'
import { serviceView } from '../views/hypervisor.ts'

export const listServices: Handler<'listServices'> = async (request, services) => {
  const { host: name, binary } = request.query
  const hosts = binary === undefined || binary === 'nova-compute' ? await services.readModel.hosts() : []
  const wanted = hosts.filter((host) => name === undefined || host.name === name)
  return { status: 200, body: { services: wanted.map((host) => serviceView(host, request.microversion)) } }
}
