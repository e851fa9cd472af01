/**
 * The views of servers, encoded once for as long as nothing changes. What a server looks like depends on its summary, on
 * the names of its security groups and on the viewer alone; the read model hands out the same summary object while nothing
 * of it has changed, so what was written for that object, equal names and an equal viewer is what would be written again.
 */
import type { InstanceSummary } from '../../store/read-model.ts'
import { JsonBytes } from '../json-bytes.ts'
import { serverDetailView, serverSummaryView, serverView, type ServerViewer } from './server.ts'

export const encodedServer = encodedOnce(serverView)
export const encodedServerDetail = encodedOnce(serverDetailView)
export const encodedServerSummary = encodedOnce(serverSummaryView)

type Groups = readonly string[]
const none: Groups = []

/** Only for the last viewer: there are too many microversions to keep one of each. */
function encodedOnce<View>(
  view: (summary: InstanceSummary, viewer: ServerViewer, groups: Groups) => View,
): (summary: InstanceSummary, viewer: ServerViewer, groups?: Groups) => JsonBytes<View> {
  const kept = new WeakMap<
    InstanceSummary,
    { readonly viewer: ServerViewer; readonly groups: Groups; readonly json: JsonBytes<View> }
  >()
  return (summary, viewer, groups = none) => {
    const known = kept.get(summary)
    if (known !== undefined && isSame(known.viewer, viewer) && areSame(known.groups, groups)) return known.json
    const json = new JsonBytes(view(summary, viewer, groups))
    kept.set(summary, { viewer, groups, json })
    return json
  }
}

function areSame(one: Groups, other: Groups): boolean {
  return one === other || (one.length === other.length && one.every((name, index) => name === other[index]))
}

function isSame(one: ServerViewer, other: ServerViewer): boolean {
  return (
    one.version === other.version &&
    one.isAdmin === other.isAdmin &&
    one.root === other.root &&
    one.publicUrl === other.publicUrl
  )
}
