import type { Handler } from '../handler.ts'
import { extensions } from '../views/extensions.ts'

export const listExtensions: Handler<'listExtensions'> = () => ({ status: 200, body: { extensions } })
