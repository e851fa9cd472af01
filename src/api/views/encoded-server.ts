/**
 * The views of servers, encoded once for as long as nothing changes. What a server looks like depends on its summary
 * and on the viewer alone; the read model hands out the same summary object while nothing of it has changed, so what
 * was written for that object and an equal viewer is what would be written again.
 */
import type { InstanceSummary } from '../../store/read-model.ts'
import { JsonBytes } from '../json-bytes.ts'
import { serverDetailView, serverSummaryView, serverView, type ServerViewer } from './server.ts'

export const encodedServer = encodedOnce(serverView)
export const encodedServerDetail = encodedOnce(serverDetailView)
export const encodedServerSummary = encodedOnce(serverSummaryView)

/** Only for the last viewer: there are too many microversions to keep one of each. */
function encodedOnce<View>(
  view: (summary: InstanceSummary, viewer: ServerViewer) => View,
): (summary: InstanceSummary, viewer: ServerViewer) => JsonBytes<View> {
  const kept = new WeakMap<InstanceSummary, { readonly viewer: ServerViewer; readonly json: JsonBytes<View> }>()
  return (summary, viewer) => {
    const known = kept.get(summary)
    if (known !== undefined && isSame(known.viewer, viewer)) return known.json
    const json = new JsonBytes(view(summary, viewer))
    kept.set(summary, { viewer, json })
    return json
  }
}

function isSame(one: ServerViewer, other: ServerViewer): boolean {
  return (
    one.version === other.version &&
    one.isAdmin === other.isAdmin &&
    one.root === other.root &&
    one.publicUrl === other.publicUrl
  )
}
