import fc from "fast-check";
import type { CommandOf } from "./command-schema.js";
import type { EditCommand } from "./index.js";

const ids = ["a", "b", "soft", "both", "odd", "new", "constructor", "x-2"];
const id = fc.constantFrom(...ids);
const types = ["image/load", "image/blur", "image/stack", "workflow/input", "nobody/knows"];
const type = fc.constantFrom(...types);
const input = fc.constantFrom("image", "images", "radius", "in");
const output = fc.constantFrom("image", "radius");
const params = fc.constantFrom("amount", "path", "over", "seed", "odd");
const point = fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }));
const from = fc.record({ node: id, output });
const to = fc.record({ node: id, input });
const value = fc.oneof(
  fc.integer({ min: -2, max: 9 }),
  fc.constantFrom("a", "mirror"),
  fc.boolean(),
);
const node = fc.record(
  { type, version: fc.constant(1), inputs: fc.dictionary(input, fc.tuple(id, output)) },
  { requiredKeys: ["type", "version"] },
);
const kind = <K extends EditCommand["kind"]>(name: K) => fc.constant(name);
const size = fc.constant<[number, number]>([9, 9]);
const wireKey = fc.constantFrom("soft.image", "both.images.b.image", "new.image");
const otherContent: CommandOf<"replace-document">["content"] = {
  diopter: 1,
  name: "Other",
  nodes: {
    a: { type: "image/load", version: 1 },
    new: { type: "image/blur", version: 3, inputs: { image: ["a", "image"] } },
  },
  view: { positions: { new: [5, 5] }, collapsed: { a: true } },
};
const frame = fc.record({
  title: fc.string(),
  colour: fc.constant("teal"),
  x: fc.integer({ min: -9, max: 9 }),
  y: fc.constant(0),
  width: fc.integer({ min: 1, max: 9 }),
  height: fc.constant(10),
});

/** Commands of every kind but `patch`, about few names, so that they get into each other's way. */
export const anyCommand: fc.Arbitrary<EditCommand> = fc.oneof(
  fc.record({
    kind: kind("add-nodes"),
    nodes: fc.dictionary(id, node, { maxKeys: 2 }),
    positions: fc.dictionary(id, point),
    sizes: fc.dictionary(id, size),
    collapsed: fc.array(id, { maxLength: 2 }),
    reroutes: fc.dictionary(wireKey, fc.array(point, { maxLength: 2 })),
  }),
  fc.record({ kind: kind("replace-document"), content: fc.constant(otherContent) }),
  fc.record({ kind: kind("remove-nodes"), ids: fc.array(id, { maxLength: 2 }) }),
  fc.record({ kind: kind("rename-node"), from: id, to: id }),
  fc.record({ kind: kind("set-title"), id, title: fc.option(fc.string()) }),
  fc.record({
    kind: kind("set-mode"),
    ids: fc.array(id),
    mode: fc.constantFrom("muted", "bypassed", null),
  }),
  fc.record({ kind: kind("replace-node"), id, type }),
  fc.record({ kind: kind("set-parameter"), node: id, name: params, value }),
  fc.record({ kind: kind("reset-parameter"), node: id, name: params }),
  fc.record({ kind: kind("connect"), from, to, replace: fc.boolean() }),
  fc.record({ kind: kind("connect"), from, to, replace: fc.boolean() }),
  fc.record({ kind: kind("disconnect"), to, from }, { requiredKeys: ["kind", "to"] }),
  fc.record({
    kind: kind("insert-on-wire"),
    node: id,
    input,
    output,
    wire: fc.record({ from, to }),
  }),
  fc.record({ kind: kind("expose"), node: id, name: params, as: fc.constantFrom("one", "two") }),
  fc.record({ kind: kind("unexpose"), as: fc.constantFrom("one", "two", "amount") }),
  fc.record({
    kind: kind("move-nodes"),
    positions: fc.dictionary(id, point),
    reroutes: fc.dictionary(wireKey, fc.array(point, { maxLength: 2 })),
  }),
  fc.record({ kind: kind("add-frame"), id: fc.constantFrom("f", "g"), frame }),
  fc.record({
    kind: kind("update-frame"),
    id: fc.constantFrom("f", "g"),
    changes: fc.record({ title: fc.string(), x: fc.constant(3) }, { requiredKeys: [] }),
  }),
  fc.record({ kind: kind("remove-frame"), id: fc.constantFrom("f", "g") }),
  fc.record({
    kind: kind("set-reroutes"),
    wire: wireKey,
    points: fc.array(point, { maxLength: 2 }),
  }),
  fc.record({ kind: kind("set-collapsed"), ids: fc.array(id), collapsed: fc.boolean() }),
  fc.record({
    kind: kind("set-sizes"),
    sizes: fc.dictionary(id, fc.option(size)),
  }),
  fc.record(
    {
      kind: kind("set-document"),
      name: fc.string(),
      description: fc.option(fc.string()),
    },
    { requiredKeys: ["kind"] },
  ),
);
