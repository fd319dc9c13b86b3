/** Where the connection stands. `attempt` counts tries since it was last open. */
export type ConnectionStatus =
  | { readonly state: "connecting"; readonly attempt: number }
  | { readonly state: "open" }
  | { readonly state: "waiting"; readonly attempt: number; readonly until: number };

interface SocketOptions {
  readonly url: string;
  readonly onStatus: (status: ConnectionStatus) => void;
  readonly onText: (text: string) => void;
  readonly onBytes: (bytes: ArrayBuffer) => void;
}

/** A connection that comes back by itself. */
export interface ReconnectingSocket {
  /** Sends at once, or says that nobody listens: what must arrive is sent again when it opens. */
  readonly send: (text: string) => boolean;
  /** Tries now instead of waiting. */
  readonly retry: () => void;
  readonly close: () => void;
}

const shortestWait = 250;
const longestWait = 8000;

/** How long to wait before a try: doubling, with a spread so that many pages do not come at once. */
export function waitBefore(attempt: number, spread: number): number {
  const wait = Math.min(longestWait, shortestWait * 2 ** Math.min(attempt, 10));
  return wait * (0.75 + spread * 0.5);
}

/** Opens a WebSocket and opens it again whenever it closes, sooner when the browser comes online. */
export function openSocket(options: SocketOptions): ReconnectingSocket {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let closed = false;

  const connect = () => {
    clearTimeout(timer);
    timer = undefined;
    options.onStatus({ state: "connecting", attempt });
    const opened = new WebSocket(options.url);
    socket = opened;
    opened.binaryType = "arraybuffer";
    opened.onopen = () => {
      attempt = 0;
      options.onStatus({ state: "open" });
    };
    opened.onmessage = ({ data }) => {
      if (typeof data === "string") options.onText(data);
      else if (data instanceof ArrayBuffer) options.onBytes(data);
    };
    opened.onclose = () => {
      if (closed || socket !== opened) return;
      socket = undefined;
      const wait = waitBefore(attempt, Math.random());
      attempt += 1;
      options.onStatus({ state: "waiting", attempt, until: Date.now() + wait });
      timer = setTimeout(connect, wait);
    };
  };

  const retry = () => {
    if (socket === undefined && !closed) connect();
  };

  window.addEventListener("online", retry);
  connect();
  return {
    send: (text) => {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    retry,
    close: () => {
      closed = true;
      clearTimeout(timer);
      window.removeEventListener("online", retry);
      socket?.close();
    },
  };
}
