/** Certificates as key pairs: Windows guests let their users in by them. */
import { randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto'
import { badRequest } from '../../model/errors.ts'
import { der } from '../../util/der.ts'

export interface Certificate {
  readonly pem: string
  /** sha1, colon-separated, as Nova shows it. */
  readonly fingerprint: string
}

const beginMark = '-----BEGIN CERTIFICATE-----'
const endMark = '-----END CERTIFICATE-----'

/** @throws PolyvisorError bad-request unless it is exactly one certificate in PEM */
export function parseCertificate(text: string): Certificate {
  const pem = text.trim()
  const isOne = pem.startsWith(beginMark) && pem.endsWith(endMark) && pem.split(beginMark).length === 2
  try {
    if (isOne) return { pem, fingerprint: fingerprintOf(new X509Certificate(pem)) }
  } catch {
    // Said below; OpenSSL's own words may repeat bytes of it.
  }
  throw badRequest('invalid-certificate', 'Keypair data is invalid: it must be one X.509 certificate in PEM.')
}

const oids = {
  commonName: '2.5.4.3',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  extendedKeyUsage: '2.5.29.37',
  clientAuthentication: '1.3.6.1.5.5.7.3.2',
  subjectAlternativeName: '2.5.29.17',
  userPrincipalName: '1.3.6.1.4.1.311.20.2.3',
} as const
const lifetimeMs = 10 * 365 * 24 * 3_600_000

/** A self-signed certificate of an RSA key for logins as `user`, good for ten years from `nowMs`. */
export function selfSigned(
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  user: string,
  nowMs: number,
): Certificate {
  const algorithm = der.sequence(der.oid(oids.sha256WithRsa), der.null())
  const name = der.sequence(der.set(der.sequence(der.oid(oids.commonName), der.utf8(user))))
  const body = der.sequence(
    der.context(0, der.integer(Buffer.of(2))),
    der.integer(randomBytes(16)),
    algorithm,
    name,
    der.sequence(der.time(nowMs), der.time(nowMs + lifetimeMs)),
    name,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    der.context(3, der.sequence(clientAuthentication(), principalName(`${user}@localhost`))),
  )
  const certificate = der.sequence(body, algorithm, der.bits(sign('sha256', body, keys.privateKey)))
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return parseCertificate([beginMark, ...lines, endMark].join('\n'))
}

function clientAuthentication(): Buffer {
  return der.sequence(der.oid(oids.extendedKeyUsage), der.octets(der.sequence(der.oid(oids.clientAuthentication))))
}

function principalName(text: string): Buffer {
  const name = Buffer.concat([der.oid(oids.userPrincipalName), der.context(0, der.utf8(text))])
  return der.sequence(der.oid(oids.subjectAlternativeName), der.octets(der.sequence(der.context(0, name))))
}

function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint.toLowerCase()
}
