/** Signatures of OAuth 1.0a against those of another implementation (Python's oauthlib), and headers that are none. */
// One database is enough: it plays no part.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAuthorization, signatureOf } from '../../src/identity/oauth1/signature.ts'

const headers = {
  'HMAC-SHA1':
    'OAuth realm="R", oauth_nonce="n-1", oauth_timestamp="1700000000", oauth_version="1.0", oauth_signature_method="HMAC-SHA1", oauth_consumer_key="consumer%20key", oauth_token="tok%2Fen", oauth_verifier="v%281%29%21", oauth_signature="ZyJiUHbdycgNvYBYwv3kXPASm74%3D"',
  'HMAC-SHA256':
    'OAuth realm="R", oauth_nonce="n-1", oauth_timestamp="1700000000", oauth_version="1.0", oauth_signature_method="HMAC-SHA256", oauth_consumer_key="consumer%20key", oauth_token="tok%2Fen", oauth_verifier="v%281%29%21", oauth_signature="yX9HPj3Yoj3O5aQi81xrMD2rwolWtveRzBDzWO1j6oc%3D"',
}
const url = new URL('https://Cloud.example.org:443/identity/v3/OS-OAUTH1/access_token?b=2&a=x%20y&a=1')

for (const [method, authorization] of Object.entries(headers)) {
  test(`${method} as oauthlib makes it`, () => {
    const said = parseAuthorization(authorization)
    assert.deepEqual(
      [said.consumerKey, said.token, said.verifier, said.nonce, said.timestampS, said.signatureMethod],
      ['consumer key', 'tok/en', 'v(1)!', 'n-1', 1_700_000_000, method],
    )
    const request = { method: 'post', url: `${url.origin}${url.pathname}`, query: [...url.searchParams], authorization }
    assert.equal(signatureOf(request, said, "a&b c'é", 't%s*'), said.signature)
    assert.notEqual(signatureOf(request, said, "a&b c'e", 't%s*'), said.signature)
    assert.notEqual(signatureOf({ ...request, query: [] }, said, "a&b c'é", 't%s*'), said.signature)
  })
}

test('what is no OAuth header, says something twice or lacks something is refused', () => {
  const header = headers['HMAC-SHA1']
  const without = (name: string) => header.replace(new RegExp(`${name}="[^"]*",? ?`), '')
  for (const bad of [
    undefined,
    '',
    'Basic eDp5',
    'OAuth ',
    `${header}, oauth_nonce="n-2"`,
    header.replace('n-1', '%ZZ'),
    header.replace('n-1', ''),
    header.replace('n-1', 'n'.repeat(129)),
    header.replace('1700000000', 'now'),
    header.replace('HMAC-SHA1', 'PLAINTEXT'),
    header.replace('"1.0"', '"2.0"'),
    ...['oauth_nonce', 'oauth_timestamp', 'oauth_consumer_key', 'oauth_signature_method', 'oauth_signature'].map(
      without,
    ),
  ])
    assert.throws(() => parseAuthorization(bad), { code: 'oauth-refused' }, bad)
})
