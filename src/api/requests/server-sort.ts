/** Nova's sort keys in the read model's words. */
import { badRequest } from '../../model/errors.ts'
import type { InstanceSort, InstanceSortKey } from '../../model/server-query.ts'

const keys: Readonly<Record<string, InstanceSortKey>> = {
  availability_zone: 'availability-zone',
  config_drive: 'config-drive',
  created_at: 'created',
  display_description: 'description',
  display_name: 'name',
  host: 'host',
  image_ref: 'image',
  key_name: 'key-name',
  launched_at: 'launched',
  locked: 'locked',
  node: 'host',
  power_state: 'power-state',
  project_id: 'project',
  task_state: 'task-state',
  terminated_at: 'terminated',
  updated_at: 'updated',
  user_id: 'user',
  uuid: 'id',
  vm_state: 'vm-state',
}

/** Newest first unless told otherwise. Keys that are the same for all our servers, such as `progress`, order nothing. */
export function readServerSort(
  sortKeys: readonly string[] = [],
  sortDirs: readonly string[] = [],
): readonly InstanceSort[] {
  if (sortDirs.length > Math.max(sortKeys.length, 1)) {
    throw badRequest('too-many-sort-dirs', 'There are more sort_dir than sort_key; give each sort_dir its key.')
  }
  const wanted = (sortKeys.length === 0 ? ['created_at'] : sortKeys).map((name, index) => ({
    key: keys[name],
    // The last direction goes for the keys that have none.
    descending: (sortDirs[index] ?? sortDirs.at(-1) ?? 'desc') === 'desc',
  }))
  return wanted.flatMap(({ key, descending }) => (key === undefined ? [] : [{ key, descending }]))
}
