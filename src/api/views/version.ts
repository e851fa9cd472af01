/** Version documents of the compute face. */
import { formatMicroversion, maxMicroversion, minMicroversion } from '../../contract/microversion.ts'

interface VersionFacts {
  readonly id: 'v2.0' | 'v2.1'
  readonly status: 'SUPPORTED' | 'CURRENT'
  readonly path: string
  readonly updated: string
  readonly version: string
  readonly minVersion: string
  readonly mediaVersion: string
}

// The dates are OpenStack's own: clients compare them with nothing, but expect them.
export const computeVersions: readonly [VersionFacts, VersionFacts] = [
  {
    id: 'v2.0',
    status: 'SUPPORTED',
    path: '/compute/v2/',
    updated: '2011-01-21T11:33:21Z',
    version: '',
    minVersion: '',
    mediaVersion: '2',
  },
  {
    id: 'v2.1',
    status: 'CURRENT',
    path: '/compute/v2.1/',
    updated: '2013-07-23T11:33:21Z',
    version: formatMicroversion(maxMicroversion),
    minVersion: formatMicroversion(minMicroversion),
    mediaVersion: '2.1',
  },
]

export function versionView(facts: VersionFacts, publicUrl: string) {
  return {
    id: facts.id,
    status: facts.status,
    version: facts.version,
    min_version: facts.minVersion,
    updated: facts.updated,
    links: [{ rel: 'self', href: publicUrl + facts.path }],
  }
}

export function versionDocument(facts: VersionFacts, publicUrl: string) {
  const view = versionView(facts, publicUrl)
  const type = `application/vnd.openstack.compute+json;version=${facts.mediaVersion}`
  return {
    version: {
      ...view,
      links: [...view.links, { rel: 'describedby', type: 'text/html', href: 'http://docs.openstack.org/' }],
      'media-types': [{ base: 'application/json', type }],
    },
  }
}
