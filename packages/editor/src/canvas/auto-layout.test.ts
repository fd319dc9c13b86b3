import { fillDocument, type NodeDescriptor, portRegistry } from "@diopter/engine/editing";
import { expect, it } from "vitest";
import { layOut } from "./auto-layout.js";
import { buildScene, emptyScene, type Scene, socketPlace } from "./scene.js";
import { contains, overlap, pointOn, wirePath } from "./wire-path.js";

const join: NodeDescriptor = {
  type: "image/join",
  subject: "image",
  version: 1,
  title: "Join",
  help: "",
  kind: "run",
  inputs: { images: { socket: "IMAGE", list: true } },
  params: {},
  outputs: { image: { socket: "IMAGE" } },
  sideEffect: false,
  deterministic: true,
};

function sceneOf(sources: Readonly<Record<string, string>>): Scene {
  const nodes = Object.entries(sources).map(([id, from]) => [
    id,
    {
      type: "image/join",
      version: 1,
      inputs: from === "" ? {} : { images: from.split(" ").map((one) => [one, "image"]) },
    },
  ]);
  const document = fillDocument({
    diopter: 1,
    name: "",
    nodes: Object.fromEntries(nodes),
    view: { positions: { a: [1000, 500] }, reroutes: { "b.images.a.image": [[7, 7]] } },
  });
  const registry = portRegistry([join]);
  return buildScene({ document, registry, called: new Map(), pictured: new Set() }, emptyScene);
}

/** Two columns with several nodes each, and wires that pass them by. */
const scene = sceneOf({ a: "", b: "a", c: "a", d: "a b", e: "c", f: "d e a", g: "f a b" });
const ids = [...scene.nodes.keys()];

it("lets no nodes overlap, and leads no wire behind a node", () => {
  const { boxes, points } = layOut(scene, ids);
  const positions = new Map([...boxes].map(([id, { x, y }]) => [id, [x, y] as const]));
  for (const [id, box] of boxes) {
    for (const [other, its] of boxes) if (id < other) expect(overlap(box, its)).toBe(false);
  }
  expect(points.size).toBe(scene.wires.length);
  for (const { key, from, to } of scene.wires) {
    const through = points.get(key) ?? [];
    const start = socketPlace(scene, from.node, "outputs", from.output, positions) ?? [0, 0];
    const end = socketPlace(scene, to.node, "inputs", to.input, positions) ?? [0, 0];
    const places = wirePath(start, end, through).flatMap((curve) =>
      Array.from({ length: 50 }, (_, index) => pointOn(curve, index / 50)),
    );
    const others = [...boxes].filter(([id]) => id !== from.node && id !== to.node);
    const crossed = others.filter(([, box]) => places.some((place) => contains(box, place)));
    expect(crossed.map(([id]) => `${from.node} > ${to.node} behind ${id}`)).toEqual([]);
  }
});

it("takes away points that a wire does not need, and lets the corner stay where it was", () => {
  const { boxes, points } = layOut(scene, ids);
  const plain = scene.wires.find(({ from, to }) => from.node === "a" && to.node === "b");
  expect(points.get(plain?.key ?? "")).toEqual([]);
  expect([...points.values()].some((through) => through.length > 0)).toBe(true);
  const lefts = [...scene.positions.values()].map(([x]) => x);
  expect(Math.min(...[...boxes.values()].map(({ x }) => x))).toBe(Math.min(...lefts));
});
