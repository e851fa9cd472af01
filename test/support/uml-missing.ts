/** Why tests that need real User-Mode Linux guests must be skipped here, or false. */
import { existsSync } from 'node:fs'

const missing = ['/usr/bin/linux.uml', '/usr/bin/uml_mconsole', '/usr/bin/ps'].filter((path) => !existsSync(path))

export const umlMissing =
  missing.length === 0 ? false : `${missing.join(', ')} missing; run: sh scripts/setup.sh runtime guest tests`
