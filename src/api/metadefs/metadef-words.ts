/** What requests say about metadata definitions, in the words of the service. */
import type { ItemWords, NamespaceWords, NewMetadefContent } from '../../images/metadefs.ts'
import type { ImageCaller } from '../../images/image-requests.ts'
import type { ProjectId } from '../../model/ids.ts'
import type { JsonObject } from '../../util/json.ts'
import type { ApiRequest } from '../handler.ts'

/** What is left out has its default, also in a change. */
export function namespaceWords(
  body: ApiRequest<'updateMetadefNamespace'>['body'],
  caller: ImageCaller,
): NamespaceWords {
  return {
    name: body.namespace,
    displayName: body.display_name ?? null,
    description: body.description ?? null,
    visibility: body.visibility ?? 'private',
    isProtected: body.protected ?? false,
    ownerProjectId: (body.owner as ProjectId | undefined) ?? caller.projectId,
  }
}

/** Its name, and everything besides it. */
export function itemWords({ name, ...body }: { readonly name: string }): ItemWords {
  return { name, body: body as JsonObject }
}

export function contentWords(body: ApiRequest<'createMetadefNamespace'>['body']): NewMetadefContent {
  return {
    object: (body.objects ?? []).map(itemWords),
    property: Object.entries(body.properties ?? {}).map(([name, words]) => ({ name, body: words as JsonObject })),
    tag: (body.tags ?? []).map(itemWords),
    'resource-type': (body.resource_type_associations ?? []).map(itemWords),
  }
}
