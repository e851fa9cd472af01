/** A config drive as cloud-init's NoCloud reads it. YAML is asked for: JSON is YAML. */
import type { DriveFacts, DriveFile } from './drive-facts.ts'
import { jsonFile } from './drive-facts.ts'

export function nocloudFiles(facts: DriveFacts): readonly DriveFile[] {
  const { instanceId, hostname, availabilityZone, key, userData, nics } = facts
  const metaData = {
    'instance-id': instanceId,
    'local-hostname': hostname,
    'availability-zone': availabilityZone,
    ...(key === null ? {} : { 'public-keys': [key.publicKey] }),
  }
  const ethernets = Object.fromEntries(
    nics.map(({ macAddress }, index) => [`nic${index}`, { match: { macaddress: macAddress }, dhcp4: true }]),
  )
  return [
    jsonFile(['meta-data'], metaData),
    // NoCloud wants one, even if it says nothing.
    { paths: ['user-data'], content: userData ?? Buffer.alloc(0) },
    jsonFile(['network-config'], { version: 2, ethernets }),
  ]
}
