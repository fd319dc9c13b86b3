import { announce } from "../state/notices.js";
import { othersOf, presenceStore } from "../state/presence.js";
import { shellStrings as words } from "../strings/shell.js";

type PresenceState = Pick<ReturnType<typeof presenceStore.getState>, "self" | "clients">;

/** Tells screen readers who comes to the workflow and who goes. */
export function announcePeople(): () => void {
  return presenceStore.subscribe((now, before) => {
    const said = whoChanged(now, before);
    if (said !== undefined) announce(said);
  });
}

/** What to say of a change. Nobody goes when it is this page that leaves the workflow. */
export function whoChanged(now: PresenceState, before: PresenceState): string | undefined {
  if (now.clients.length === 0) return undefined;
  const came = namesMissing(now, before);
  const went = namesMissing(before, now);
  const said = [
    came.length === 0 ? "" : words.came(came),
    went.length === 0 ? "" : words.went(went),
  ];
  return said.filter(Boolean).join(" ") || undefined;
}

/** Names of the others in one state who are not in another. */
function namesMissing(state: PresenceState, from: PresenceState): readonly string[] {
  const known = new Set(from.clients.map(({ client }) => client));
  return othersOf(state)
    .filter(({ client }) => !known.has(client))
    .map(({ name }) => name);
}
