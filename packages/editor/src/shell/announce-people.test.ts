import { expect, it } from "vitest";
import { whoChanged } from "./announce-people.js";

const state = (...names: readonly string[]) => ({
  self: "Me",
  clients: names.map((name) => ({ client: name, name, colour: "#000000", selection: [] })),
});

it.each([
  [state("Me", "Ada"), state("Me"), "Ada has joined."],
  [state("Me"), state("Me", "Ada", "Bo"), "Ada and Bo have left."],
  [state("Me", "Bo"), state("Me", "Ada"), "Bo has joined. Ada has left."],
  // One's own coming and going is no news.
  [state("Me"), state(), undefined],
  [state(), state("Me", "Ada"), undefined],
])("%j after %j", (now, before, said) => {
  expect(whoChanged(now, before)).toBe(said);
});
