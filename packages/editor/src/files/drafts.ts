import { type WorkflowDocument, workflowSchema } from "@diopter/engine/editing";
import { z } from "zod";
import { readStored, removeStored, storedKeys, writeStored } from "../state/stored.js";

/** A workflow that only this browser has. */
export interface Draft {
  readonly document: WorkflowDocument;
  readonly isChanged: boolean;
  /** The job that the canvas shows. */
  readonly job?: string | undefined;
}

const draftSchema = z.object({
  document: workflowSchema,
  isChanged: z.boolean(),
  job: z.string().optional(),
  /** Milliseconds since 1970. */
  at: z.number().default(0),
});

const prefix = "draft.";
const tabKey = "diopter.tab";
let tab: string = crypto.randomUUID();

/**
 * Gives this tab a place of its own for its draft, the one that it had before it was reloaded. The
 * lock tells others that the tab is open: a duplicated tab finds it taken.
 */
export async function claimTab(): Promise<void> {
  const earlier = readTab();
  if (earlier !== undefined && (await hold(earlier))) tab = earlier;
  else await hold(tab);
  writeTab(tab);
}

/** The draft of this tab, or else the newest one that a tab has left which is no longer open. */
export async function takeDraft(): Promise<Draft | undefined> {
  const own = readStored(`${prefix}${tab}`, draftSchema);
  if (own !== undefined) return own;
  const open = await openTabs();
  const left = storedKeys(prefix)
    .filter((key) => !open.has(key.slice(prefix.length)))
    .flatMap((key) => {
      const draft = readStored(key, draftSchema);
      return draft === undefined ? [] : [{ key, draft }];
    })
    .sort((a, b) => b.draft.at - a.draft.at);
  const [newest] = left;
  if (newest === undefined) return undefined;
  if (storeDraft(newest.draft)) removeStored(newest.key);
  return newest.draft;
}

/** Keeps this tab's draft; false where there was no room for it. */
export function storeDraft(draft: Draft): boolean {
  return writeStored(`${prefix}${tab}`, { ...draft, at: Date.now() });
}

/** This tab's draft was saved, or is not wanted any more. */
export function forgetDraft(): void {
  removeStored(`${prefix}${tab}`);
}

/** Another workflow takes this tab: what it kept waits for whoever opens the page next. */
export async function leaveDraft(): Promise<void> {
  if (readStored(`${prefix}${tab}`, draftSchema) === undefined) return;
  release?.();
  tab = crypto.randomUUID();
  await hold(tab);
  writeTab(tab);
}

let release: (() => void) | undefined;

/** Holds a tab's lock as long as the page lives; false where another page has it. */
function hold(id: string): Promise<boolean> {
  // Pages that are not served securely have no locks.
  if (!("locks" in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const request = navigator.locks.request(prefix + id, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      if (lock === null) return undefined;
      return new Promise<void>((done) => {
        release = done;
      });
    });
    request.catch(() => resolve(true));
  });
}

async function openTabs(): Promise<ReadonlySet<string>> {
  if (!("locks" in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.map(({ name = "" }) => name.slice(prefix.length)));
}

function readTab(): string | undefined {
  try {
    return sessionStorage.getItem(tabKey) ?? undefined;
  } catch {
    return undefined;
  }
}

function writeTab(id: string): void {
  try {
    sessionStorage.setItem(tabKey, id);
  } catch {
    // Storage is closed to us: the draft is found again as one that was left.
  }
}
