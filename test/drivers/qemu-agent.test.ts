import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markElement, parseMark } from '../../drivers/libvirt/mark.ts'
import { serializeXml } from '../../drivers/libvirt/xml-element.ts'
import { agentAdminOf } from '../../drivers/qemu/guest-agent.ts'

const adminOf = (imageProperties: Record<string, string>): string | undefined => agentAdminOf({ imageProperties })

test('an image says whether its guest has an agent, and whose password it sets, as Nova reads it', () => {
  for (const no of ['no', '', '0', 'false', 'maybe']) assert.equal(adminOf({ hw_qemu_guest_agent: no }), undefined)
  assert.equal(adminOf({ os_admin_user: 'alice' }), undefined)
  for (const hw_qemu_guest_agent of ['yes', 'True', ' 1 ', 'on']) {
    assert.equal(adminOf({ hw_qemu_guest_agent }), 'root')
    assert.equal(adminOf({ hw_qemu_guest_agent, os_type: 'windows' }), 'Administrator')
    assert.equal(adminOf({ hw_qemu_guest_agent, os_type: 'windows', os_admin_user: 'alice' }), 'alice')
  }
  assert.equal(adminOf({ hw_qemu_guest_agent: 'yes', os_admin_user: '' }), 'root')
  for (const os_admin_user of ['a:b', 'a\nroot', 'a\0', 'x'.repeat(65)])
    assert.throws(() => adminOf({ hw_qemu_guest_agent: 'yes', os_admin_user }), {
      code: 'INVALID_SPEC',
      effect: 'none',
    })
})

test('the mark of a guest keeps whose password it is', () => {
  const bare = { instanceId: 'i', nodeId: 'n', name: 'x', specHash: 'h', handleVersion: 1, state: 'ready' } as const
  for (const mark of [bare, { ...bare, adminUser: 'ünï "x" <&>' }])
    assert.deepEqual(parseMark(serializeXml(markElement(mark))), mark)
})
