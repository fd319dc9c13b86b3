/** What of a key event tells which keys were pressed. */
export type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

const named: Readonly<Record<string, string>> = { Space: " ", Plus: "+" };

/** Whether a key event is these keys, such as "Mod+Shift+Z". */
export function matchesKeys(event: KeyPress, keys: string): boolean {
  const parts = keys.split("+");
  const last = parts.at(-1) ?? "";
  const key = named[last] ?? last;
  const hasShift = parts.includes("Shift");
  // A sign such as "?" needs Shift on some keyboards and not on others.
  const isSign = key.length === 1 && !/[a-z0-9 ]/i.test(key);
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    (event.ctrlKey || event.metaKey) === parts.includes("Mod") &&
    event.altKey === parts.includes("Alt") &&
    (isSign || event.shiftKey === hasShift)
  );
}

const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);

const shown: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Delete: "Del",
  Escape: "Esc",
  Plus: "+",
};

/** Keys as people read them on this machine: "Ctrl+Shift+Z", "⌘⇧Z". */
export function readKeys(keys: string, mac = isMac): string {
  const signs: Readonly<Record<string, string>> = mac
    ? { Mod: "⌘", Shift: "⇧", Alt: "⌥" }
    : { Mod: "Ctrl" };
  const parts = keys.split("+").map((part) => signs[part] ?? shown[part] ?? part);
  return parts.join(mac ? "" : "+");
}
