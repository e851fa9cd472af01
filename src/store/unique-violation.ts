/** Tells "somebody has that name already" from every other database error, on SQLite and PostgreSQL. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ('code' in error && error.code === '23505') || /UNIQUE constraint failed/.test(error.message)
}
