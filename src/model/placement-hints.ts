/** Hints of a request that name other servers of its project; they hold wherever the server goes later, too. */
export interface PlacementHints {
  readonly sameHost?: readonly string[]
  readonly differentHost?: readonly string[]
}
