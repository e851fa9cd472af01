/** The keys of a server that only admins see. */
import { hostNameOf } from '../../model/hostname.ts'
import type { Microversion } from '../../contract/microversion.ts'
import type { components } from '../../contract/types.gen.ts'
import type { Instance } from '../../model/instance.ts'
import type { InstanceHost, InstanceSummary } from '../../store/read-model.ts'

type AdminKeys = Partial<components['schemas']['Server']>

export function adminServerKeys({ instance, host }: InstanceSummary, version: Microversion): AdminKeys {
  return {
    'OS-EXT-SRV-ATTR:host': host?.name ?? null,
    'OS-EXT-SRV-ATTR:hypervisor_hostname': host?.name ?? null,
    'OS-EXT-SRV-ATTR:instance_name': `instance-${instance.id.slice(0, 8)}`,
    ...(version >= 3 ? laterKeys(instance) : {}),
    ...(version >= 16 ? { host_status: hostStatus(host) } : {}),
  }
}

function laterKeys(instance: Instance): AdminKeys {
  return {
    'OS-EXT-SRV-ATTR:reservation_id': instance.reservation?.id ?? `r-${instance.id.slice(0, 8)}`,
    'OS-EXT-SRV-ATTR:launch_index': instance.reservation?.index ?? 0,
    'OS-EXT-SRV-ATTR:hostname': hostNameOf(instance),
    'OS-EXT-SRV-ATTR:kernel_id': '',
    'OS-EXT-SRV-ATTR:ramdisk_id': '',
    'OS-EXT-SRV-ATTR:root_device_name': instance.imageId === null ? null : '/dev/vda',
    'OS-EXT-SRV-ATTR:user_data': instance.userData,
  }
}

function hostStatus(host: InstanceHost | null): 'UP' | 'DOWN' | 'MAINTENANCE' | '' {
  if (host === null) return ''
  if (!host.up) return 'DOWN'
  return host.enabled ? 'UP' : 'MAINTENANCE'
}
