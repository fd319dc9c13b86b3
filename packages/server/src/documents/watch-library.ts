import { relative, sep } from "node:path";
import { type FSWatcher, watch } from "chokidar";

const stillMilliseconds = 80;
const settledMilliseconds = 300;

/** Who is told of the library's files. */
export interface LibraryListener {
  /** The file of this document was written, made or removed, by whomever. */
  changed(id: string): void;
  /** From now on changes are seen, in a new folder too: what came before may have been missed. */
  ready(): void;
  /** Changes may no longer be seen. */
  failed(error: unknown): void;
}

/** Watches the library's files. */
export function watchLibrary(folder: string, listener: LibraryListener): FSWatcher {
  const tell = (path: string) => {
    const id = relative(folder, path).split(sep).join("/");
    if (id.endsWith(".json")) listener.changed(id.slice(0, -".json".length));
  };
  let looking: NodeJS.Timeout | undefined;
  const watcher = watch(folder, {
    ignored: (path, stats) => isOfNoInterest(relative(folder, path), stats?.isFile() === true),
    ignoreInitial: true,
    depth: 8,
    // Programs write in pieces: wait until the file has kept its size for a moment.
    awaitWriteFinish: { stabilityThreshold: stillMilliseconds, pollInterval: 20 },
  });
  watcher.on("add", tell).on("change", tell).on("unlink", tell);
  watcher.on("ready", () => listener.ready());
  // Chokidar lists a new folder before it watches it, and misses what is made in between.
  watcher.on("addDir", () => {
    clearTimeout(looking);
    looking = setTimeout(() => {
      if (!watcher.closed) listener.ready();
    }, settledMilliseconds).unref();
  });
  return watcher.on("error", (error) => listener.failed(error));
}

function isOfNoInterest(path: string, isFile: boolean): boolean {
  const [first = "", ...rest] = path.split(sep);
  const isPictures = (first === "uploads" || first === "examples") && rest.length > 0;
  const isHidden = path.split(sep).some((part) => part.startsWith(".") && part !== ".");
  return isPictures || (isHidden && path !== "") || (isFile && !path.endsWith(".json"));
}
