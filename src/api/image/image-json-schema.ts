/** Images as a JSON schema, in Glance's manner: clients look up which keys there are and which they may set. */
import { diskFormats } from '../../model/disk-formats.ts'
import { imageStatuses, imageVisibilities } from '../../model/image.ts'

type Property = Readonly<Record<string, unknown>>

const nullable = (type: string, more: Property = {}): Property => ({ type: ['null', type], ...more })
const shown = (property: Property): Property => ({ ...property, readOnly: true })

const properties: Readonly<Record<string, Property>> = {
  id: { type: 'string', description: 'A uuid, which the creator may choose' },
  name: nullable('string', { maxLength: 255 }),
  status: shown({ type: 'string', enum: imageStatuses.filter((status) => status !== 'deleting') }),
  visibility: { type: 'string', enum: imageVisibilities },
  protected: { type: 'boolean', description: 'Cannot be deleted while it is true' },
  os_hidden: { type: 'boolean', description: 'Listed only when asked for' },
  owner: nullable('string', { maxLength: 255 }),
  disk_format: nullable('string', { enum: [null, ...diskFormats] }),
  container_format: nullable('string', { enum: [null, 'bare'] }),
  min_disk: { type: 'integer', description: 'GiB' },
  min_ram: { type: 'integer', description: 'MiB' },
  tags: { type: 'array', items: { type: 'string', maxLength: 255 } },
  size: shown(nullable('integer', { description: 'Bytes of the file' })),
  virtual_size: shown(nullable('integer', { description: 'Bytes of the disk that a guest sees' })),
  checksum: shown(nullable('string', { maxLength: 32, description: 'md5' })),
  os_hash_algo: shown(nullable('string', { maxLength: 64 })),
  os_hash_value: shown(nullable('string', { maxLength: 128 })),
  created_at: shown({ type: 'string' }),
  updated_at: shown({ type: 'string' }),
  self: shown({ type: 'string' }),
  file: shown({ type: 'string' }),
  schema: shown({ type: 'string' }),
}

export const imageJsonSchema = {
  name: 'image',
  properties,
  additionalProperties: { type: 'string' },
  links: [
    { rel: 'self', href: '{self}' },
    { rel: 'enclosure', href: '{file}' },
    { rel: 'describedby', href: '{schema}' },
  ],
}

export const imagesJsonSchema = {
  name: 'images',
  properties: {
    images: { type: 'array', items: imageJsonSchema },
    first: { type: 'string' },
    next: { type: 'string' },
    schema: { type: 'string' },
  },
  links: [
    { rel: 'first', href: '{first}' },
    { rel: 'next', href: '{next}' },
    { rel: 'describedby', href: '{schema}' },
  ],
}
