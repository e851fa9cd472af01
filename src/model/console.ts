/** Ways to sit down in front of a guest, beside the log of what it wrote. */
export const consoleKinds = ['vnc', 'serial'] as const
export type ConsoleKind = (typeof consoleKinds)[number]
