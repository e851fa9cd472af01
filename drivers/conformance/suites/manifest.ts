/** The manifest and the settings, before anything is opened by them. */
import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { JsonSchema } from '../../../src/driver/index.ts'
import { suite, type Check } from '../check.ts'

const compile = (schema: JsonSchema): ReturnType<Ajv2020['compile']> =>
  new Ajv2020({ strict: false }).compile(structuredClone(schema) as object)

export const manifestChecks: readonly Check[] = [
  ...suite('manifest', 0, [
    {
      name: 'says who it is: id, contract, version, hypervisor type',
      run: async ({ plugin: { manifest } }) => {
        assert.match(manifest.id, /^[a-z][a-z0-9-]*$/)
        assert.equal(manifest.contract, '1')
        assert.match(manifest.version, /^\d+\.\d+\.\d+/)
        assert.ok(manifest.hypervisorType.length > 0)
        JSON.stringify(manifest)
      },
    },
  ]),
  ...suite('manifest', 12, [
    {
      name: 'has a schema for its settings, and the fixture’s settings fit it',
      run: async ({ plugin, fixture }) => {
        const validate = compile(plugin.manifest.configSchema)
        assert.ok(validate(fixture.config), JSON.stringify(validate.errors))
      },
    },
    {
      name: 'takes no setting that it does not know',
      run: async ({ plugin, fixture }) => {
        const validate = compile(plugin.manifest.configSchema)
        assert.ok(!validate({ ...fixture.config, 'no-such-setting-of-any-driver': 1 }))
      },
    },
    {
      name: 'has a schema for instance options that takes none, and none that it does not know',
      skip: ({ plugin }) => (plugin.manifest.instanceOptions === undefined ? 'no instance options' : undefined),
      run: async ({ plugin }) => {
        const validate = compile(plugin.manifest.instanceOptions ?? true)
        assert.ok(validate({}), JSON.stringify(validate.errors))
        assert.ok(!validate({ 'no-such-option-of-any-driver': 1 }))
      },
    },
  ]),
]
