import { expect, it } from "vitest";
import { fileName, isDocumentId } from "./document-name.js";

it.each([
  ["Adaptive upscale", "adaptive-upscale"],
  ["  Über  Größe / 4×  ", "uber-große-4"],
  ["../../etc", "etc"],
  ["", "workflow"],
])("%j is named %j", (name, expected) => {
  expect(fileName(name)).toBe(expected);
  expect(isDocumentId(expected)).toBe(true);
});

it.each(["a/b", "portraits/soft 2", "Ünder-way_3"])("%j can be an id", (id) => {
  expect(isDocumentId(id)).toBe(true);
});

it.each(["", "/a", "a/", "a//b", "../a", ".hidden", "a/.b", "a\\b", "a.json"])(
  "%j cannot be an id",
  (id) => {
    expect(isDocumentId(id)).toBe(false);
  },
);
