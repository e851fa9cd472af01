/** The uml driver as the registry sees it. */
import type { DriverPlugin } from '../../src/driver/driver.ts'
import { readUmlConfig, umlConfigSchema } from './config.ts'
import { UmlDriver } from './driver.ts'
import { validateHost } from './validate-host.ts'

export const umlPlugin = {
  manifest: {
    id: 'uml',
    contract: '1',
    version: '1.0.0',
    hypervisorType: 'UML',
    configSchema: umlConfigSchema,
    instanceOptions: { type: 'object', additionalProperties: false },
  },
  open: async (config, services) => await UmlDriver.open(readUmlConfig(config), services),
  validateHost,
} satisfies DriverPlugin
