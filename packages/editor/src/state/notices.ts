import { createStore } from "zustand/vanilla";

/** How much a notice matters. An error stays until it is closed. */
export type NoticeTone = "info" | "success" | "warning" | "error";

/** Something to tell: shown in a corner and read out by screen readers. */
export interface Notice {
  readonly id: number;
  readonly tone: NoticeTone;
  readonly message: string;
  readonly remedy?: string | undefined;
  /** Whether it stays until it is closed, whatever its tone: what it tells of goes on. */
  readonly stays?: boolean | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

interface NoticesState {
  readonly notices: readonly Notice[];
  /** What the screen reader says next; counted, so that the same words are said twice. */
  readonly announcement: { readonly text: string; readonly count: number };
}

/** What the corner shows and what is read out. */
export const noticesStore = createStore<NoticesState>(() => ({
  notices: [],
  announcement: { text: "", count: 0 },
}));

const longestList = 5;
let lastId = 0;

/** Shows a notice, in the place of one that says the same; its id. */
export function notify(tone: NoticeTone, message: string, more: Partial<Notice> = {}): number {
  lastId += 1;
  const notice: Notice = { ...more, id: lastId, tone, message };
  noticesStore.setState(({ notices }) => ({
    notices: [...notices.filter((other) => other.message !== message), notice].slice(-longestList),
  }));
  return notice.id;
}

/** Takes a notice away. */
export function dismissNotice(id: number): void {
  noticesStore.setState(({ notices }) => ({ notices: notices.filter((one) => one.id !== id) }));
}

/** Says something to screen readers only. */
export function announce(text: string): void {
  noticesStore.setState(({ announcement }) => ({
    announcement: { text, count: announcement.count + 1 },
  }));
}
