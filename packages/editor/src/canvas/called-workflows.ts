/** The path by which a workflow names another one of the library, from its own folder. */
export function pathFrom(current: string | undefined, id: string): string {
  const depth = (current ?? "").split("/").length - 1;
  return `${"../".repeat(depth)}${id}.json`;
}

/** The id in the library that a path in a workflow leads to; undefined where it leads out of it. */
export function idFrom(current: string | undefined, path: string): string | undefined {
  const folder = (current ?? "").split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") {
      if (folder.pop() === undefined) return undefined;
    } else if (part !== ".") {
      folder.push(part);
    }
  }
  return folder.join("/").replace(/\.json$/, "");
}
