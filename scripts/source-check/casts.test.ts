import { expect, it } from "vitest";
import { checkCasts } from "./casts.js";

const linesOf = (text: string) =>
  checkCasts({ path: "packages/engine/src/x.ts", text }).map(({ line }) => line);

it("reports casts with as and with angle brackets", () => {
  expect(linesOf("const a = 1;\nconst b = a as unknown;\nconst c = <number>b;\n")).toEqual([2, 3]);
});

it("reports both halves of a double cast", () => {
  expect(linesOf("const b = a as unknown as string;")).toEqual([1, 1]);
});

it("accepts as const, satisfies and renamed imports", () => {
  const text =
    'import { a as b } from "./a.js";\nexport const c = [b] as const;\nexport const d = { b } satisfies object;\n';
  expect(linesOf(text)).toEqual([]);
});

it("is not misled by comments and strings", () => {
  expect(linesOf('// taken as number\nexport const a = "x as y";\n')).toEqual([]);
});
