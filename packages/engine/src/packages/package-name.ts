/**
 * Whether this names an npm package (`name` or `@scope/name`): lower case, digits, hyphens, dots and
 * underscores, at most 214 characters. Paths, addresses and Node's own modules are none.
 */
export function isPackageName(name: string): boolean {
  const part = "[a-z0-9~-][a-z0-9._~-]*";
  return name.length <= 214 && new RegExp(`^(@${part}/)?${part}$`).test(name);
}
