/** virDomainMigrateToURI3 with its typed parameters. Child process only. */
import type { Caller } from './calls.ts'
import type { Pointer } from './native.ts'
import type { MigrateArgs } from './protocol.ts'

export function migrate(caller: Caller, domain: Pointer, args: MigrateArgs): void {
  const named = {
    migrate_uri: args.memoryUri,
    ...(args.disksUri === undefined ? {} : { disks_uri: args.disksUri }),
    destination_xml: args.xml,
    persistent_xml: args.persistentXml,
  }
  const params: [Pointer] = [null]
  const count = [0]
  const most = [0]
  try {
    for (const [name, value] of Object.entries(named))
      caller.number('virTypedParamsAddString', params, count, most, name, value)
    caller.number('virDomainMigrateToURI3', domain, args.connectUri, params[0], count[0], args.flags)
  } finally {
    caller.native.virTypedParamsFree(params[0], count[0])
  }
}
