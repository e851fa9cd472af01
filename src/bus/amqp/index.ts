/** What the rest of the bus may load of this folder, in one import. */
export { readTlsFiles, parseAmqpUrl } from './address.ts'
export { AmqpAccounts } from './accounts.ts'
export { AmqpBus } from './amqp-bus.ts'
export { ManagementApi } from './management-api.ts'
