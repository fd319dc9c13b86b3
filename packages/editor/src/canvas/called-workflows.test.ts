import { expect, it } from "vitest";
import { idFrom, pathFrom } from "./called-workflows.js";

it.each([
  [undefined, "soft", "soft.json"],
  ["tests/one", "soft", "../soft.json"],
  ["tests/deep/one", "more/soft", "../../more/soft.json"],
])("from %j, %j is found at %j and back", (current, id, path) => {
  expect(pathFrom(current, id)).toBe(path);
  expect(idFrom(current, path)).toBe(id);
});

it("does not leave the library", () => {
  expect(idFrom("one", "../../secret.json")).toBeUndefined();
  expect(idFrom("folder/one", "./two.json")).toBe("folder/two");
});
