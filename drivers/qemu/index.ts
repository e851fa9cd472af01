export { qemuPlugin } from './plugin.ts'
export { installCommand, missingPackages, missingPackagesMessage, requiredPackages } from './system-packages.ts'
