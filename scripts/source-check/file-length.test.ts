import { expect, it } from "vitest";
import { checkFileLength } from "./file-length.js";

it("accepts 300 lines and reports 301", () => {
  expect(checkFileLength({ path: "a.ts", text: "x\n".repeat(300) })).toEqual([]);
  expect(checkFileLength({ path: "a.ts", text: "x\n".repeat(301) })).toEqual([
    { path: "a.ts", line: 301, message: "301 lines; the limit is 300" },
  ]);
});
