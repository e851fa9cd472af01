/** The uml driver: User-Mode Linux, guests that are ordinary processes and run where nothing else can. */
export { umlPlugin } from './plugin.ts'
