/** The options of domains, projects and roles. null takes an option back. */
export function resourceOptions(options: { readonly immutable?: boolean | null } | undefined): {
  immutable?: boolean
} {
  return options?.immutable === undefined ? {} : { immutable: options.immutable ?? false }
}
