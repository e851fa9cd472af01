/** A config drive in OpenStack's layout: the same files in a folder for each version of the format, and EC2's beside. */
import type { DriveFacts, DriveFile } from './drive-facts.ts'
import { jsonFile } from './drive-facts.ts'

/** Since when each format says something new. */
const versions = [
  '2012-08-10',
  '2013-04-04',
  '2013-10-17',
  '2015-10-15',
  '2016-06-30',
  '2016-10-06',
  '2017-02-22',
  '2018-08-27',
  '2020-10-14',
  'latest',
] as const
const ec2Versions = ['2009-04-04', 'latest'] as const

export function openstackFiles(facts: DriveFacts): readonly DriveFile[] {
  const at = (name: string, since: (typeof versions)[number] = versions[0]): readonly string[] =>
    versions.slice(versions.indexOf(since)).map((version) => `openstack/${version}/${name}`)
  const ec2 = (name: string): readonly string[] => ec2Versions.map((version) => `ec2/${version}/${name}`)
  const { userData, files } = facts
  return [
    jsonFile(at('meta_data.json'), metaData(facts)),
    ...(userData === null ? [] : [{ paths: [...at('user_data'), ...ec2('user-data')], content: userData }]),
    // Nobody but tenants says anything to guests here.
    jsonFile([...at('vendor_data.json', '2013-10-17'), ...at('vendor_data2.json', '2016-10-06')], {}),
    jsonFile(at('network_data.json', '2015-10-15'), networkData(facts)),
    jsonFile(ec2('meta-data.json'), ec2MetaData(facts)),
    ...files.map(({ content }, index) => ({ paths: [`openstack${contentPath(index)}`], content })),
  ]
}

function metaData(facts: DriveFacts) {
  const { key } = facts
  return {
    uuid: facts.instanceId,
    name: facts.name,
    hostname: facts.hostname,
    availability_zone: facts.availabilityZone,
    launch_index: facts.launchIndex,
    project_id: facts.projectId,
    meta: facts.metadata,
    ...(key === null
      ? {}
      : {
          public_keys: { [key.name]: `${key.publicKey}\n` },
          keys: [{ name: key.name, type: key.type, data: `${key.publicKey}\n` }],
        }),
    ...(facts.files.length === 0
      ? {}
      : { files: facts.files.map(({ path }, index) => ({ path, content_path: contentPath(index) })) }),
    ...(facts.adminPass === null ? {} : { admin_pass: facts.adminPass }),
    devices: [],
    dedicated_cpus: [],
  }
}

/** `/content/0000`, from OpenStack's folder on. */
function contentPath(index: number): string {
  return `/content/${String(index).padStart(4, '0')}`
}

function networkData({ nics }: DriveFacts) {
  return {
    links: nics.map(({ portId, macAddress }, index) => ({
      id: `nic${index}`,
      type: 'phy',
      vif_id: portId,
      ethernet_mac_address: macAddress,
      mtu: null,
    })),
    networks: nics.map(({ network }, index) => ({
      id: `network${index}`,
      type: 'ipv4_dhcp',
      link: `nic${index}`,
      network_id: network.id,
    })),
    services: [],
  }
}

function ec2MetaData({ instanceId, hostname, availabilityZone, key }: DriveFacts) {
  return {
    'instance-id': ec2InstanceId(instanceId),
    hostname,
    'local-hostname': hostname,
    'instance-type': null,
    placement: { 'availability-zone': availabilityZone },
    ...(key === null
      ? {}
      : { 'public-keys': { '0': { _name: `0=${key.name}`, 'openssh-key': `${key.publicKey}\n` } } }),
  }
}

/** EC2's form of an id, eight hexadecimal digits; of ours, the first ones. */
function ec2InstanceId(instanceId: string): string {
  return `i-${instanceId.slice(0, 8)}`
}
