/// <reference types="node" />
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { socketTypes } from "@diopter/engine/editing";
import { describe, expect, it } from "vitest";
import { frameColours } from "../canvas/frame-colours.js";
import { darken } from "../canvas/painter.js";

// What axe does not see: colours that are painted on a canvas, mixed, or translucent.

type Colour = readonly [red: number, green: number, blue: number];

function read(colour: string): Colour {
  const [, red = "", green = "", blue = ""] = /^#(..)(..)(..)$/.exec(colour) ?? [];
  const part = (text: string) => Number.parseInt(text, 16);
  if (red !== "") return [part(red), part(green), part(blue)];
  const [r = 0, g = 0, b = 0] = (colour.match(/\d+/g) ?? []).map(Number);
  return [r, g, b];
}

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
function contrast(a: Colour, b: Colour): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** So much of a colour over another one. */
function over([r, g, b]: Colour, [red, green, blue]: Colour, share: number): Colour {
  const mix = (a: number, c: number) => a * share + c * (1 - share);
  return [mix(r, red), mix(g, green), mix(b, blue)];
}

const css = readFileSync(fileURLToPath(new URL("./tokens.css", import.meta.url)), "utf8");

function tokensOf(theme: "dark" | "light") {
  const [, block = ""] = new RegExp(`data-theme="${theme}"\\] \\{([^}]*)`).exec(css) ?? [];
  const tokens = new Map(
    [...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]),
  );
  const shade = Number.parseFloat(tokens.get("socket-shade") ?? "") / 100;
  const colour = (name: string): Colour => {
    const value = tokens.get(name);
    if (value === undefined) throw new Error(`There is no --${name}.`);
    return read(value);
  };
  return { colour, socket: (name: string) => read(darken(name, shade)) };
}

const text = 4.5;
const graphics = 3;

describe.each(["dark", "light"] as const)("the %s theme", (theme) => {
  const { colour, socket } = tokensOf(theme);

  it.each([
    ...["canvas", "surface-1", "surface-2", "surface-3"].flatMap((surface) =>
      [
        "text",
        "text-soft",
        "text-faint",
        "danger",
        "warning",
        "success",
        "info",
        "accent-line",
      ].map((name) => [name, surface] as const),
    ),
    ["text", "surface-4"],
    ["text", "accent-soft"],
    ["text-soft", "accent-soft"],
    ["accent-line", "accent-soft"],
    ["accent-text", "accent"],
    ["accent-text", "accent-hover"],
    ["text", "danger-soft"],
    ["text-soft", "danger-soft"],
    ["danger", "danger-soft"],
    ["text", "warning-soft"],
    ["warning", "warning-soft"],
    ["success", "success-soft"],
  ] as const)("shows %s on %s", (name, surface) => {
    expect(contrast(colour(name), colour(surface))).toBeGreaterThanOrEqual(text);
  });

  it.each(["canvas", "surface-1", "surface-2", "surface-3"])("shows borders on %s", (surface) => {
    expect(contrast(colour("border-strong"), colour(surface))).toBeGreaterThanOrEqual(graphics);
  });

  it.each(Object.entries(socketTypes))("paints sockets and wires of %s", (_, { colour: name }) => {
    for (const surface of ["canvas", "surface-1", "surface-2", "surface-3"]) {
      expect(contrast(socket(name), colour(surface)), surface).toBeGreaterThanOrEqual(graphics);
    }
  });

  it.each(Object.entries(frameColours))("writes titles on frames in %s", (_, frame) => {
    const title = over(read(frame), colour("canvas"), 0.34);
    expect(contrast(colour("text"), title)).toBeGreaterThanOrEqual(text);
    // What lies in a frame is read on its tint.
    const tint = over(read(frame), colour("canvas"), 0.13);
    for (const { colour: name } of Object.values(socketTypes)) {
      expect(contrast(socket(name), tint)).toBeGreaterThanOrEqual(graphics);
    }
  });
});
