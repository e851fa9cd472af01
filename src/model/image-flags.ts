/** Properties of images that mean yes or no, as Nova reads them: whatever is not one of its words for yes is no. */
const yes = ['1', 't', 'true', 'on', 'y', 'yes']

export function isYes(value: string | undefined): boolean {
  return value !== undefined && yes.includes(value.trim().toLowerCase())
}
