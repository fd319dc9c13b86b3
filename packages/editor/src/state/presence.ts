import type { PresentClient } from "@diopter/server/protocol";
import { createStore } from "zustand/vanilla";

interface PresenceState {
  /** This page's own id. */
  readonly self: string;
  /** Everybody who has this document open, this page among them. */
  readonly clients: readonly PresentClient[];
}

/** Who else works on the document, and what they have chosen. */
export const presenceStore = createStore<PresenceState>(() => ({
  self: crypto.randomUUID(),
  clients: [],
}));

/** The others: name, colour and what they have chosen. */
export const othersOf = ({ self, clients }: PresenceState): readonly PresentClient[] =>
  clients.filter(({ client }) => client !== self);
