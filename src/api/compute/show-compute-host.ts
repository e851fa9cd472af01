import type { Resources } from '../../model/resources.ts'
import type { Handler } from '../handler.ts'
import { hostNamed } from '../requests/compute-host.ts'

/** As many as Nova looks at too: all of one host. */
const mostInstances = 10_000

export const showComputeHost: Handler<'showComputeHost'> = async ({ params }, services) => {
  const { name, total, used } = await hostNamed(services, params.host_name)
  const query = { hostName: name, deleted: 'without', sort: [], limit: mostInstances } as const
  const byProject = new Map<string, Resources>()
  for (const { instance } of (await services.readModel.instances(query)) ?? []) {
    const { vcpus, memoryMb, diskGb, ephemeralGb } = instance.flavor
    const sum = byProject.get(instance.projectId) ?? { vcpus: 0, memoryMb: 0, diskGb: 0 }
    byProject.set(instance.projectId, {
      vcpus: sum.vcpus + vcpus,
      memoryMb: sum.memoryMb + memoryMb,
      diskGb: sum.diskGb + diskGb + ephemeralGb,
    })
  }
  const lines = [['(total)', total], ['(used_now)', used], ['(used_max)', used], ...byProject] as const
  return {
    status: 200,
    body: {
      host: lines.map(([project, { vcpus, memoryMb, diskGb }]) => ({
        resource: { host: name, project, cpu: vcpus, memory_mb: memoryMb, disk_gb: diskGb },
      })),
    },
  }
}
