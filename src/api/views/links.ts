/** Links of the compute face. They begin with the configured public URL and lead back to the version that was asked. */
export interface LinkBase {
  readonly publicUrl: string
  /** `/compute/v2.1` or `/compute/v2`. */
  readonly root: string
}

export interface Link {
  readonly rel: string
  readonly href: string
}

export function resourceLinks(base: LinkBase, collection: string, id: string): Link[] {
  return [
    { rel: 'self', href: `${base.publicUrl}${base.root}/${collection}/${id}` },
    bookmarkLink(base, collection, id),
  ]
}

/** Without a version: good for as long as the resource is. */
export function bookmarkLink({ publicUrl }: LinkBase, collection: string, id: string): Link {
  return { rel: 'bookmark', href: `${publicUrl}/compute/${collection}/${id}` }
}

/** To the next page of the same list: same filters, another marker. */
export function nextLink(base: LinkBase, list: string, query: URLSearchParams, marker: string): Link {
  const next = new URLSearchParams(query)
  next.set('marker', marker)
  return { rel: 'next', href: `${base.publicUrl}${base.root}/${list}?${next.toString()}` }
}
