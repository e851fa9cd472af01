/** The template driver as Polyvisor sees it: who it is, which settings it takes, and how it is opened. */
import type { DriverPlugin } from '../../src/driver/index.ts'
import { TemplateDriver } from './driver.ts'

export const plugin: DriverPlugin = {
  manifest: {
    id: 'template',
    contract: '1',
    version: '0.1.0',
    hypervisorType: 'template',
    // Settings are checked against it, and its defaults filled in, before the driver is opened (rule 12).
    configSchema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        parallelOperations: {
          type: 'integer',
          minimum: 1,
          default: 8,
          description: 'how many virtual machines may be worked on at once',
        },
      },
    },
    instanceOptions: { type: 'object', additionalProperties: false },
  },
  open: (config, host) => TemplateDriver.open(config as { readonly parallelOperations?: number }, host),
}
