import type { Handler } from '../handler.ts'

/**
 * What each minor version added: 2.3 sizes, 2.5 community images, 2.6 imports, 2.7 hidden images and multihash, 2.8 to
 * 2.11 stores, 2.12 the tasks of an image.
 */
const versions = [
  'v2.12',
  'v2.11',
  'v2.10',
  'v2.9',
  'v2.8',
  'v2.7',
  'v2.6',
  'v2.5',
  'v2.4',
  'v2.3',
  'v2.2',
  'v2.1',
  'v2.0',
]

export const listImageVersions: Handler<'listImageVersions'> = (_request, { publicUrl }) => ({
  status: 300,
  body: {
    versions: versions.map((id, index) => ({
      id,
      status: index === 0 ? 'CURRENT' : 'SUPPORTED',
      links: [{ rel: 'self', href: `${publicUrl}/image/v2/` }],
    })),
  },
})
