// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { canvasActions } from "../canvas/canvas-actions.js";
import { nodeActions } from "../canvas/node-actions.js";
import { fileActions } from "../files/file-actions.js";
import { KeysDialog } from "../shell/keys-dialog.js";
import { Palette } from "../shell/palette.js";
import { viewActions } from "../shell/view-actions.js";
import { listenForKeys } from "./listen.js";
import { type Action, addActions } from "./registry.js";

afterEach(cleanup);

const actions = [...fileActions, ...nodeActions, ...canvasActions, ...viewActions];
const ran: string[] = [];

/** The real actions as far as they are found and pressed; they only note that they ran. */
addActions(
  actions.map((action): Action => {
    const { isEnabled: _, ...rest } = action;
    return { ...rest, run: () => ran.push(action.id) };
  }),
);

const named: Readonly<Record<string, string>> = { Space: " ", Plus: "+" };

it("runs every action by each of its keys, and no other one", () => {
  const stop = listenForKeys();
  for (const { id, keys = [], isNative } of actions) {
    for (const one of isNative ? [] : keys) {
      const parts = one.split("+");
      const last = parts.at(-1) ?? "";
      ran.length = 0;
      fireEvent.keyDown(document.body, {
        key: named[last] ?? last,
        ctrlKey: parts.includes("Mod"),
        altKey: parts.includes("Alt"),
        shiftKey: parts.includes("Shift"),
      });
      expect(ran, `${id} by ${one}`).toEqual([id]);
    }
  }
  stop();
});

it("lists every action by name, whether it has keys or not", () => {
  render(<Palette onClose={() => {}} />);
  const listed = screen.getAllByRole("option").map((option) => option.textContent ?? "");
  for (const { label } of actions) {
    expect(
      listed.some((text) => text.startsWith(label)),
      label,
    ).toBe(true);
  }
  expect(listed).toHaveLength(actions.length);
});

it("shows every action in the map of keys", () => {
  render(<KeysDialog onClose={() => {}} />);
  const terms = screen.getAllByRole("term").map((term) => term.textContent);
  for (const { label } of actions) expect(terms).toContain(label);
});
