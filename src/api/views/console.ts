/** Addresses of consoles: a page that leads to the stream for screens, the stream itself for serial ports. */
import type { ConsoleKind } from '../../model/console.ts'
import { clientPath } from '../console-sockets.ts'

/** Where noVNC's pages are served, on hosts that have them. */
export const noVncPath = '/novnc'

export function consoleUrl(publicUrl: string, kind: ConsoleKind, token: string): string {
  if (kind === 'serial') return `${publicUrl.replace(/^http/, 'ws')}${streamPath(token)}`
  // noVNC puts its own host before the path.
  const path = `${new URL(publicUrl).pathname.replace(/\/$/, '')}${streamPath(token)}`.slice(1)
  return `${publicUrl}${noVncPath}/vnc_auto.html?path=${encodeURIComponent(path)}`
}

/** Host, port and path of the stream, as a console proxy needs them. */
export function consolePlace(publicUrl: string, token: string) {
  const { hostname, port, protocol, pathname } = new URL(publicUrl)
  const usualPort = protocol === 'https:' ? 443 : 80
  const path = `${pathname.replace(/\/$/, '')}${streamPath(token)}`
  return { host: hostname, port: port === '' ? usualPort : Number(port), internal_access_path: path }
}

function streamPath(token: string): string {
  return `${clientPath}?token=${encodeURIComponent(token)}`
}
