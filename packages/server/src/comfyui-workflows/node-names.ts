const longest = 180;

/**
 * Ids that a document takes, by the ids of ComfyUI's nodes: without dots and control characters, no
 * two alike.
 */
export function nodeNames(
  nodes: readonly {
    readonly id: string;
    readonly own?: { readonly id?: string | undefined } | undefined;
  }[],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, own } of nodes) {
    const wanted = safeName(own?.id ?? id);
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

/** A name without what documents keep for themselves. */
export function safeName(text: string): string {
  const name = text
    .replaceAll(/[.\p{Cc}]/gu, "-")
    .trim()
    .slice(0, longest)
    .trim();
  return name === "" || name === "__proto__" ? "node" : name;
}
