import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceleratorFor } from '../../drivers/qemu/accelerator.ts'
import { qemuConfigSchema, readQemuConfig } from '../../drivers/qemu/config.ts'
import { cpuModelsIn, machinesIn, videoModelsIn } from '../../drivers/qemu/offered-hardware.ts'
import { checkDriverConfig } from '../../src/config/driver-config.ts'
import type { JsonObject } from '../../src/util/json.ts'

test('the operator’s CPU mode is what guests get, as far as there is a processor to pass on', () => {
  const modeOf = (config: JsonObject, present: boolean): string =>
    acceleratorFor({}, readQemuConfig(config), present ? { present, bootMs: 1 } : { present, reason: 'x' }).cpuMode
  assert.deepEqual([modeOf({}, false), modeOf({}, true)], ['maximum', 'host-passthrough'])
  const passed = { cpuMode: 'host-passthrough' }
  assert.deepEqual([modeOf(passed, false), modeOf(passed, true)], ['maximum', 'host-passthrough'])
  for (const cpuMode of ['host-model', 'custom'])
    for (const present of [false, true]) assert.equal(modeOf({ cpuMode }, present), cpuMode)
})

test('its settings: a list of models for custom, and no other mode', () => {
  const check = (config: JsonObject): JsonObject => checkDriverConfig('qemu', qemuConfigSchema, config)
  for (const sound of [{ cpuMode: 'host-model' }, { cpuMode: 'custom', cpuModels: ['Nehalem'] }, {}]) check(sound)
  const wrong = [{ cpuMode: 'custom' }, { cpuMode: 'none' }, { cpuModels: ['Nehalem'] }]
  for (const config of [...wrong, { cpuMode: 'custom', cpuModels: [] }, { cpuMode: 'custom', cpuModels: ['<a>'] }])
    assert.throws(() => check(config), /driverConfig\.qemu/)
})

test('what libvirt offers is read out of its capabilities', () => {
  const machines = `<capabilities><guest><arch name='i686'><machine>isapc</machine></arch></guest><guest>
    <arch name='x86_64'><machine canonical='pc-q35-7.2' maxCpus='288'>q35</machine><machine>pc-0.1</machine></arch></guest></capabilities>`
  assert.deepEqual(machinesIn(machines), ['q35', 'pc-q35-7.2', 'pc-0.1'])
  const domain = `<domainCapabilities><cpu><mode name='host-model'><model>Skylake</model></mode><mode name='custom'>
    <model usable='no'>Icelake</model><model usable='yes'>Nehalem</model></mode></cpu>
    <devices><video supported='yes'><enum name='modelType'><value>vga</value><value>none</value></enum></video></devices></domainCapabilities>`
  assert.deepEqual(videoModelsIn(domain), ['vga', 'none'])
  assert.deepEqual(cpuModelsIn(domain), ['Nehalem'])
  assert.deepEqual([videoModelsIn('<x/>'), cpuModelsIn('<x/>'), machinesIn('<x/>')], [[], [], []])
})
