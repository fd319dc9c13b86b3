import { fillDocument, type NodeDescriptor, portRegistry } from "@diopter/engine/editing";
import { expect, it } from "vitest";
import { buildScene, emptyScene, socketPlace } from "./scene.js";
import { overlap } from "./wire-path.js";

const descriptor = (type: string, ports: Partial<NodeDescriptor>): NodeDescriptor => ({
  type,
  subject: "image",
  version: 1,
  title: type,
  help: "",
  kind: "run",
  inputs: {},
  params: {},
  outputs: {},
  sideEffect: false,
  deterministic: true,
  ...ports,
});

const registry = portRegistry([
  descriptor("image/load", { outputs: { image: { socket: "IMAGE" } } }),
  descriptor("image/blur", {
    inputs: { image: { socket: "IMAGE" } },
    outputs: { image: { socket: "IMAGE" } },
  }),
]);

const document = fillDocument({
  diopter: 1,
  name: "Two",
  nodes: {
    load: { type: "image/load", version: 1 },
    blur: { type: "image/blur", version: 1, inputs: { image: ["load", "image"] } },
    odd: { type: "pack:image/odd", version: 1, inputs: { left: ["blur", "image"] } },
    end: { type: "image/blur", version: 1, inputs: { image: ["odd", "glow"] } },
  },
  view: { positions: { load: [10, 20], blur: [300, 20] } },
});

const sources = { document, registry, called: new Map(), pictured: new Set<string>() };

it("shows wires of unknown nodes at the ports that the document names", () => {
  const scene = buildScene(sources, emptyScene);
  expect(scene.wires.map(({ key }) => key)).toEqual(["blur.image.0", "odd.left.0", "end.image.0"]);
  const odd = scene.nodes.get("odd");
  expect(odd?.ports.inputs.map(({ name }) => name)).toEqual(["left"]);
  expect(odd?.ports.outputs.map(({ name }) => name)).toEqual(["glow"]);
  expect(scene.wires[2]?.socket).toBeUndefined();
});

it("finds sockets on both edges, at the same height as in the shape", () => {
  const scene = buildScene(sources, emptyScene);
  const shape = scene.nodes.get("load")?.shape;
  expect(socketPlace(scene, "load", "outputs", "image")).toEqual([
    10 + (shape?.width ?? 0),
    20 + (shape?.outputs[0] ?? 0),
  ]);
  expect(socketPlace(scene, "blur", "inputs", "image")?.[0]).toBe(300);
  expect(socketPlace(scene, "gone", "inputs", "image")).toBeUndefined();
});

it("takes nodes over that did not change, so that they are not drawn again", () => {
  const before = buildScene(sources, emptyScene);
  const moved = {
    ...document,
    view: { ...document.view, positions: { ...document.view.positions, load: [99, 99] as const } },
  };
  const after = buildScene({ ...sources, document: moved }, before);
  expect(after.nodes.get("load")).toBe(before.nodes.get("load"));
  expect(after.positions.get("load")).toEqual([99, 99]);
  const pictured = buildScene({ ...sources, pictured: new Set(["load"]) }, before);
  expect(pictured.nodes.get("load")).not.toBe(before.nodes.get("load"));
  expect(pictured.nodes.get("blur")).toBe(before.nodes.get("blur"));
});

it("gives nodes without a place one of their own, where nothing lies, in the order of the wires", () => {
  const { nodes, positions } = buildScene(sources, emptyScene);
  const boxes = [...nodes].map(([id, { shape }]) => {
    const [x, y] = positions.get(id) ?? [0, 0];
    return { x, y, width: shape.width, height: shape.height };
  });
  boxes.forEach((box, index) => {
    for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
  });
  const moved = { ...document.view.positions, odd: [5000, 5000] as const };
  const after = buildScene(
    { ...sources, document: { ...document, view: { ...document.view, positions: moved } } },
    buildScene(sources, emptyScene),
  );
  expect(after.positions.get("end")).toEqual(positions.get("end"));
  expect(positions.get("odd")?.[0]).toBeLessThan(positions.get("end")?.[0] ?? 0);
});

const workflow = (inputs: Readonly<Record<string, string>>) =>
  fillDocument({
    diopter: 1,
    name: "Called",
    nodes: Object.fromEntries(
      Object.entries(inputs).map(([name, socket]) => [
        `in-${name}`,
        { type: "workflow/input", version: 1, params: { name, socket } },
      ]),
    ),
  });

const calling = fillDocument({
  diopter: 1,
  name: "Calling",
  nodes: {
    load: { type: "image/load", version: 1 },
    call: {
      type: "workflow/call",
      version: 1,
      params: { path: "one.json" },
      inputs: { picture: ["load", "image"] },
    },
  },
});

const sceneWith = (inputs: Readonly<Record<string, string>>, before = emptyScene) =>
  buildScene(
    { ...sources, document: calling, called: new Map([["one.json", workflow(inputs)]]) },
    before,
  );

it("shows the new ports of a called workflow, and keeps the wires that fit no longer", () => {
  const whole = sceneWith({ picture: "IMAGE" });
  expect(whole.broken.size).toBe(0);
  const scene = sceneWith({ photo: "IMAGE", latent: "LATENT" }, whole);
  const ports = scene.nodes.get("call")?.ports.inputs ?? [];
  expect(ports.map(({ name, isGone }) => [name, isGone === true])).toEqual([
    ["photo", false],
    ["latent", false],
    ["picture", true],
  ]);
  const [wire] = scene.broken.get("call") ?? [];
  expect(wire?.fault?.sentence).toBe('"call" has no input "picture" any more.');
  expect(wire?.fault?.remedy).toContain("(photo)");
  expect(sceneWith({ picture: "IMAGE" }, scene).broken.size).toBe(0);
});

it("says why a wire no longer fits where the type of a port has changed", () => {
  const [wire] = sceneWith({ picture: "LATENT" }).broken.get("call") ?? [];
  expect(wire?.fault?.sentence).toBe("The output gives IMAGE and the input takes LATENT.");
});

it("shows what a called workflow exposes as parameters of the node that calls it", () => {
  const blurring = fillDocument({
    diopter: 1,
    name: "Blurring",
    nodes: { soft: { type: "image/soften", version: 1, params: { maxRadius: 4 } } },
    interface: { radius: "soft.maxRadius" },
  });
  const maxRadius = { kind: "number", default: 1, unit: "px" } as const;
  const known = portRegistry([descriptor("image/soften", { params: { maxRadius } })]);
  const scene = buildScene(
    {
      ...sources,
      registry: known,
      document: calling,
      called: new Map([["one.json", blurring]]),
    },
    emptyScene,
  );
  expect(scene.nodes.get("call")?.parameters).toEqual([
    { name: "path", title: "Path", value: "one.json", unit: "", isDefault: false },
    { name: "radius", title: "Radius", value: 4, unit: "px", isDefault: true },
  ]);
});
