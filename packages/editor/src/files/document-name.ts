/** A name for files and the library: what stands for nothing in a path becomes a hyphen. */
export function fileName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N} _-]+/gu, "-")
    .trim()
    .replace(/\s+/g, "-")
    .replace(/-+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
  return plain === "" ? "workflow" : plain.slice(0, 80);
}

/** Whether a text can be a workflow's id: segments between slashes, none hidden or empty. */
export function isDocumentId(id: string): boolean {
  return (
    id.length <= 200 &&
    /^[\p{L}\p{N}_-][\p{L}\p{N} _-]*(\/[\p{L}\p{N}_-][\p{L}\p{N} _-]*)*$/u.test(id)
  );
}
