import { createStore } from "zustand/vanilla";
import type { ConnectionStatus } from "../connection/reconnecting-socket.js";

interface ConnectionState {
  readonly status: ConnectionStatus;
  /** The server's version; empty until it said so. */
  readonly version: string;
}

/** Whether the server listens. */
export const connectionStore = createStore<ConnectionState>(() => ({
  status: { state: "connecting", attempt: 0 },
  version: "",
}));
