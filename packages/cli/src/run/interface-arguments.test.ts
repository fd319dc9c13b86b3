import { expect, test } from "vitest";
import { readInterfaceArguments } from "./interface-arguments.js";

const options = [
  { name: "image", kind: "file" },
  { name: "steps", kind: "integer" },
  { name: "sharp", kind: "boolean" },
];
const read = (...words: string[]) => Object.fromEntries(readInterfaceArguments(words, options));

test("values follow their name, or an equals sign", () => {
  expect(read("--image", "a b.png", "--steps=8")).toEqual({ image: "a b.png", steps: "8" });
});

test("a value may begin with dashes and hold an equals sign", () => {
  expect(read("--image", "--x=y.png", "--steps=-3")).toEqual({ image: "--x=y.png", steps: "-3" });
});

test("a boolean needs no value, and can be denied", () => {
  expect(read("--sharp", "--steps", "8")).toEqual({ sharp: "true", steps: "8" });
  expect(read("--sharp", "false")).toEqual({ sharp: "false" });
  expect(read("--no-sharp")).toEqual({ sharp: "false" });
});

test("the last of two wins", () => {
  expect(read("--steps", "8", "--steps", "9")).toEqual({ steps: "9" });
});

test.each([
  [["--stesp", "8"], "There is no option --stesp."],
  [["--no-steps"], "There is no option --no-steps."],
  [["--steps"], "--steps needs a value."],
  [["8"], '"8" belongs to no option.'],
])("%j is refused", (words, message) => {
  expect(() => read(...words)).toThrow(message);
});
