/** The qemu driver as the registry sees it. */
import type { DriverPlugin } from '../../src/driver/driver.ts'
import { qemuConfigSchema, readQemuConfig } from './config.ts'
import { QemuDriver } from './driver.ts'
import { validateHost } from './validate-host.ts'

export const qemuPlugin = {
  manifest: {
    id: 'qemu',
    contract: '1',
    version: '1.0.0',
    hypervisorType: 'QEMU',
    configSchema: qemuConfigSchema,
    instanceOptions: { type: 'object', additionalProperties: false },
  },
  open: async (config, services) => await QemuDriver.open(readQemuConfig(config), services),
  validateHost,
} satisfies DriverPlugin
