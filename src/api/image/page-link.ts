/** A list from its beginning, or from after `marker`; relative to the face, as Glance's. */
export function pageLink(path: string, rawQuery: URLSearchParams, marker: string | undefined): string {
  const query = new URLSearchParams(rawQuery)
  query.delete('marker')
  if (marker !== undefined) query.set('marker', marker)
  return query.size === 0 ? path : `${path}?${query.toString()}`
}
