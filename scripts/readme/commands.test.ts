import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { markedCommands, servingCommands } from "./commands.js";

it("takes marked shell blocks, whole and in order, and leaves the others", () => {
  const markdown = [
    "# Title",
    "<!-- ci -->",
    "```sh",
    "npm test",
    "npm run check",
    "```",
    "```sh",
    "rm -rf everything",
    "```",
    "<!-- ci -->",
    "```json",
    "{}",
    "```",
    "<!-- ci -->",
    "```sh",
    "echo two",
    "```",
    "",
  ].join("\n");
  expect(markedCommands(markdown)).toEqual(["npm test\nnpm run check", "echo two"]);
});

it("finds the two commands that the README opens with", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  expect(markedCommands(readme).slice(0, 2)).toEqual([
    "npm ci && npm run upscale",
    "npm ci && npm test",
  ]);
});

it("tells commands that serve, and where, from those that end", () => {
  const markdown = [
    "<!-- ci serves http://127.0.0.1:8188/ -->",
    "```sh",
    "npm start",
    "```",
    "<!-- ci -->",
    "```sh",
    "echo one",
    "```",
    "",
  ].join("\n");
  expect(servingCommands(markdown)).toEqual([
    { url: "http://127.0.0.1:8188/", command: "npm start" },
  ]);
  expect(markedCommands(markdown)).toEqual(["echo one"]);
});
