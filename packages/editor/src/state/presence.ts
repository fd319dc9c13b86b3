import type { Point } from "@diopter/engine/editing";
import type { PresentClient } from "@diopter/server/protocol";
import { z } from "zod";
import { createStore } from "zustand/vanilla";
import { guestName } from "../presence/guest-name.js";
import { readStored, writeStored } from "./stored.js";

interface PresenceState {
  /** This page's own id. */
  readonly self: string;
  /** What the others see this person as. */
  readonly name: string;
  /** Where on the canvas this person's pointer is. */
  readonly pointer: Point | undefined;
  /** Everybody who has this document open, this page among them. */
  readonly clients: readonly PresentClient[];
}

/** Who else works on the document, and what they have chosen. */
export const presenceStore = createStore<PresenceState>(() => ({
  self: crypto.randomUUID(),
  name: readStored("name", z.string().min(1).max(60)) ?? guestName(Math.random()),
  pointer: undefined,
  clients: [],
}));

/** The others: name, colour and what they have chosen. */
export const othersOf = ({
  self,
  clients,
}: Pick<PresenceState, "self" | "clients">): readonly PresentClient[] =>
  clients.filter(({ client }) => client !== self);

/** Changes the name under which this person is seen, here and at later visits. */
export function setName(name: string): void {
  writeStored("name", name);
  presenceStore.setState({ name });
}
