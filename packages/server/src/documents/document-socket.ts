import type { ClientMessage, ServerMessage } from "../protocol/index.js";

/** One connection of a client. Its identity counts: a client may have several. */
export interface DocumentSocket {
  readonly client: string;
  /** For people. */
  readonly name: string;
  send(message: ServerMessage): void;
}

/** What concerns documents. */
export type DocumentMessage = Extract<
  ClientMessage,
  { type: "open-document" | "close-document" | "edit" | "presence" }
>;
