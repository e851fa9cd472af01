import { PolyvisorError } from '../../model/errors.ts'
import type { ApiRequest, Handler } from '../handler.ts'
import { actionContext, viewerOf } from '../requests/caller.ts'
import {
  checkedBase64,
  findImage,
  findKey,
  readAttributes,
  readFiles,
  refuseCertificates,
} from '../requests/server-create.ts'
import { visibleServer } from '../requests/visible-server.ts'
import { readBoolean } from '../requests/words.ts'
import { resourceLinks } from '../views/links.ts'
import { rebuiltServerView } from '../views/server.ts'
import { randomText } from '../../util/random-text.ts'

type Wanted = ApiRequest<'rebuildServer'>['body']['rebuild']

export const rebuildServer: Handler<'rebuildServer'> = async (request, services) => {
  const { auth, params } = request
  const { instance } = await visibleServer(services, params.server_id, auth)
  const wanted = request.body.rebuild
  refuseUnbuilt(wanted)
  const { name, description, metadata, key_name: keyName, user_data: userData } = wanted
  const adminPass = wanted.adminPass ?? randomText(9)
  const rebuild = {
    image: await findImage(wanted, auth, services),
    attributes: {
      ...readAttributes(wanted),
      ...readFiles(wanted),
      ...(await findKey(keyName ?? undefined, auth, services)),
    },
    adminPass,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(keyName === undefined ? {} : { keyName }),
    ...(userData === undefined ? {} : { userData: userData === null ? null : checkedBase64(userData) }),
  }
  await services.instances.rebuild(instance.id, rebuild, actionContext(request))
  const viewer = viewerOf(request, services)
  const rebuilt = await visibleServer(services, instance.id, auth)
  const [groups = []] = await services.securityGroups.namesOf([rebuilt.instance])
  return {
    status: 202,
    headers: { Location: resourceLinks(viewer, 'servers', instance.id)[0]?.href ?? '' },
    body: { server: rebuiltServerView(rebuilt, viewer, groups, adminPass) },
  }
}

function refuseUnbuilt(wanted: Wanted): void {
  refuseCertificates(wanted)
  const { preserve_ephemeral: preserve } = wanted
  if (preserve === undefined || !readBoolean('preserve_ephemeral', preserve)) return
  const message = 'The server cannot be rebuilt with preserve_ephemeral: it is not built yet; leave it out.'
  throw new PolyvisorError('not-implemented', 'field-not-built', message)
}
