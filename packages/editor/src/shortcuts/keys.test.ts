import { expect, it } from "vitest";
import { type KeyPress, matchesKeys, readKeys } from "./keys.js";

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

it.each([
  [press("z", { ctrlKey: true }), "Mod+Z"],
  [press("z", { metaKey: true }), "Mod+Z"],
  [press("Z", { ctrlKey: true, shiftKey: true }), "Mod+Shift+Z"],
  [press(" "), "Space"],
  [press("+", { shiftKey: true }), "Plus"],
  [press("?", { shiftKey: true }), "?"],
  [press("ArrowLeft", { altKey: true }), "Alt+ArrowLeft"],
])("%j is %s", (event, keys) => {
  expect(matchesKeys(event, keys)).toBe(true);
});

it.each([
  [press("z"), "Mod+Z"],
  [press("z", { ctrlKey: true, shiftKey: true }), "Mod+Z"],
  [press("f", { altKey: true }), "F"],
  [press("F", { shiftKey: true }), "F"],
])("%j is not %s", (event, keys) => {
  expect(matchesKeys(event, keys)).toBe(false);
});

it("reads keys as the machine names them", () => {
  expect(readKeys("Mod+Shift+Z", false)).toBe("Ctrl+Shift+Z");
  expect(readKeys("Mod+Shift+Z", true)).toBe("⌘⇧Z");
  expect(readKeys("Shift+ArrowLeft", false)).toBe("Shift+←");
});
