/** A JSON pointer (RFC 6901) from its parts: `/nodes/photo/params/path`. */
export function jsonPointer(parts: readonly PropertyKey[]): string {
  return parts
    .map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}
