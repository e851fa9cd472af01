/** The rules of the driver contract by number, as docs/adding-a-driver.md has them. */
export const rules = [
  { rule: 0, title: 'Interface: what the types of src/driver promise' },
  { rule: 1, title: 'Ensure' },
  { rule: 2, title: 'Identity' },
  { rule: 3, title: 'Resume' },
  { rule: 4, title: 'Cancel' },
  { rule: 5, title: 'Read back' },
  { rule: 6, title: 'Errors' },
  { rule: 7, title: 'Concurrency' },
  { rule: 8, title: 'Progress' },
  { rule: 9, title: 'Inventory' },
  { rule: 10, title: 'Disks' },
  { rule: 11, title: 'Live migration' },
  { rule: 12, title: 'Settings' },
] as const
export type RuleNumber = (typeof rules)[number]['rule']
