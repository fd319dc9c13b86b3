import type { PresentClient } from "../protocol/index.js";
import type { DocumentSocket } from "./document-socket.js";

/** Told apart at a glance on light and on dark ground. */
const colours = [
  "#2f80ed",
  "#e2574c",
  "#27ae60",
  "#b45bd1",
  "#e08a1e",
  "#17a2b8",
  "#d6479b",
  "#7a8b2a",
  "#6f6ae8",
  "#a5673f",
] as const;

interface Guest {
  readonly client: string;
  readonly colour: string;
  name: string;
  selection: readonly string[];
  pointer: readonly [number, number] | undefined;
  readonly sockets: Set<DocumentSocket>;
}

/** Who has a document open, in which colour, and what they have selected. */
export class Presence {
  readonly #guests = new Map<string, Guest>();

  /** A client may come with several sockets: it is one guest with one colour. */
  enter(socket: DocumentSocket): void {
    const guest = this.#guests.get(socket.client) ?? {
      client: socket.client,
      colour: this.#freeColour(),
      name: socket.name,
      selection: [],
      pointer: undefined,
      sockets: new Set<DocumentSocket>(),
    };
    guest.name = socket.name;
    guest.sockets.add(socket);
    this.#guests.set(socket.client, guest);
  }

  leave(socket: DocumentSocket): void {
    const guest = this.#guests.get(socket.client);
    guest?.sockets.delete(socket);
    if (guest?.sockets.size === 0) this.#guests.delete(socket.client);
  }

  show(
    socket: DocumentSocket,
    selection: readonly string[],
    pointer: readonly [number, number] | undefined,
  ): void {
    const guest = this.#guests.get(socket.client);
    if (guest === undefined) return;
    guest.name = socket.name;
    guest.selection = selection;
    guest.pointer = pointer;
  }

  list(): PresentClient[] {
    return [...this.#guests.values()].map(({ client, name, colour, selection, pointer }) => ({
      client,
      name,
      colour,
      selection: [...selection],
      ...(pointer === undefined ? {} : { pointer: [pointer[0], pointer[1]] }),
    }));
  }

  /** The colour that fewest have, and of those the first. */
  #freeColour(): string {
    const taken = [...this.#guests.values()].map(({ colour }) => colour);
    const count = (colour: string) => taken.filter((other) => other === colour).length;
    return colours.reduce<string>(
      (best, colour) => (count(colour) < count(best) ? colour : best),
      colours[0],
    );
  }
}
