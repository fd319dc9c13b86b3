import type { ServerMessage } from "../protocol/index.js";
import type { Connection } from "../socket/index.js";

interface LibraryNews {
  onLibraryChange(listener: (id?: string) => void): void;
}

/** Tells connections which workflows of the library change, so that those who call one see it. */
export class LibraryWatchers {
  readonly #news: LibraryNews;
  readonly #watchers = new Set<Connection>();
  #isListening = false;

  constructor(news: LibraryNews) {
    this.#news = news;
  }

  /** What was read before may have changed since, which is said at once. */
  watch(connection: Connection): void {
    connection.send({ type: "library-changed" });
    if (this.#watchers.has(connection)) return;
    this.#watchers.add(connection);
    connection.onClose(() => this.#watchers.delete(connection));
    if (this.#isListening) return;
    this.#isListening = true;
    this.#news.onLibraryChange((id) => this.#tell(id));
  }

  #tell(workflow: string | undefined): void {
    const message: ServerMessage = {
      type: "library-changed",
      ...(workflow === undefined ? {} : { workflow }),
    };
    for (const connection of this.#watchers) connection.send(message);
  }
}
