import { relative, sep } from "node:path";
import { type FSWatcher, watch } from "chokidar";

const stillMilliseconds = 80;

/** Tells the ids of documents whose files were written, made or removed, by whomever. */
export function watchLibrary(folder: string, changed: (id: string) => void): FSWatcher {
  const tell = (path: string) => {
    const id = relative(folder, path).split(sep).join("/");
    if (id.endsWith(".json")) changed(id.slice(0, -".json".length));
  };
  const watcher = watch(folder, {
    ignored: (path, stats) => isOfNoInterest(relative(folder, path), stats?.isFile() === true),
    ignoreInitial: true,
    depth: 8,
    // Programs write in pieces: wait until the file has kept its size for a moment.
    awaitWriteFinish: { stabilityThreshold: stillMilliseconds, pollInterval: 20 },
  });
  return watcher.on("add", tell).on("change", tell).on("unlink", tell);
}

function isOfNoInterest(path: string, isFile: boolean): boolean {
  const [first = "", ...rest] = path.split(sep);
  const isPictures = (first === "uploads" || first === "examples") && rest.length > 0;
  const isHidden = path.split(sep).some((part) => part.startsWith(".") && part !== ".");
  return isPictures || (isHidden && path !== "") || (isFile && !path.endsWith(".json"));
}
