import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root, workspace } from "./support/diopter.js";

const { diopter, path } = workspace();
const example = (name: string) => join(root, "examples", name);

const copy = {
  diopter: 1,
  name: "Copy",
  nodes: {
    photo: { type: "image/load", version: 1, params: { path: "" } },
    save: {
      type: "image/save",
      version: 1,
      params: { path: "result.png" },
      inputs: { image: ["photo", "image"] },
    },
  },
  interface: { image: "photo.path", output: "save.path" },
};
writeFileSync(path("copy.json"), JSON.stringify(copy));

it("help teaches the options of the program and of the workflow", async () => {
  const call = await diopter(["run", "copy.json", "--help"]);
  expect(call.code).toBe(0);
  expect(call.out).toContain("--set");
  expect(call.out).toMatch(/--image <file>/);
  expect(call.out).toMatch(/--output <destination>/);
});

it("names a wrong option, and those that there are", async () => {
  const call = await diopter(["run", "copy.json", "--imgae", "x.png"]);
  expect(call.code).toBe(2);
  expect(call.err).toContain("There is no option --imgae.");
  expect(call.err).toContain("--image, --output");
});

it("refuses a command that there is not", async () => {
  expect(await diopter(["rnu"])).toMatchObject({ code: 2 });
});

it("writes one event a line for programs", async () => {
  const words = ["run", "copy.json", "--image", example("cottage-64x64.png"), "--json"];
  const call = await diopter([...words, "--output", "events.png", "--device", "cpu"]);
  const events = call.out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.at(0)).toMatchObject({ type: "item-started" });
  expect(events.at(-1)).toMatchObject({ type: "run-finished", summary: { status: "succeeded" } });
  const sequence = events.slice(1).map((event) => event.sequence);
  expect(sequence).toEqual(sequence.map((_, index) => index + 1));
});

it("goes through a folder, past a bad file, and does only what is missing the next time", async () => {
  mkdirSync(path("photos"));
  copyFileSync(example("cottage-64x64.png"), path("photos/a.png"));
  copyFileSync(example("sign-127x95.png"), path("photos/b.png"));
  writeFileSync(path("photos/bad.png"), "no picture");
  const words = ["run", "copy.json", "--image", "photos", "--output", "results", "--device", "cpu"];

  const first = await diopter(words);
  expect(first.code).toBe(8);
  expect(first.err).toContain("2 done, 0 were done before, 1 failed");
  expect(first.err).toMatch(/bad\.png: .*\[image\/not-an-image\]/);
  expect(readdirSync(path("results")).sort()).toEqual([".diopter-batch.json", "a.png", "b.png"]);

  const second = await diopter(words);
  expect(second.err).toContain("0 done, 2 were done before, 1 failed");

  copyFileSync(example("sign-127x95.png"), path("photos/a.png"));
  const third = await diopter(words);
  expect(third.err).toContain("1 done, 1 were done before, 1 failed");
});

it("does a picture again when a workflow used as a node, or a file beside the workflow, changes", async () => {
  const wire = (node: string, output: string) => [node, output];
  const inner = (scale: number) =>
    JSON.stringify({
      diopter: 1,
      name: "Inner",
      nodes: {
        in: { type: "workflow/input", version: 1, params: { name: "image", socket: "IMAGE" } },
        half: {
          type: "image/resize",
          version: 1,
          params: { scale },
          inputs: { image: wire("in", "value") },
        },
        out: {
          type: "workflow/output",
          version: 1,
          params: { name: "image", socket: "IMAGE" },
          inputs: { value: wire("half", "image") },
        },
      },
    });
  const outer = {
    diopter: 1,
    name: "Outer",
    nodes: {
      photo: copy.nodes.photo,
      reference: { type: "image/load", version: 1, params: { path: "reference.png" } },
      call: {
        type: "workflow/call",
        version: 1,
        params: { path: "inner.json" },
        inputs: { image: wire("photo", "image") },
      },
      colour: {
        type: "image/color-fix",
        version: 1,
        inputs: { image: wire("call", "image"), reference: wire("reference", "image") },
      },
      save: { ...copy.nodes.save, inputs: { image: wire("colour", "image") } },
    },
    interface: copy.interface,
  };
  mkdirSync(path("flow"));
  mkdirSync(path("inputs"));
  writeFileSync(path("flow/outer.json"), JSON.stringify(outer));
  writeFileSync(path("flow/inner.json"), inner(0.5));
  copyFileSync(example("cottage-64x64.png"), path("flow/reference.png"));
  copyFileSync(example("cottage-64x64.png"), path("inputs/a.png"));
  const words = [
    "run",
    "flow/outer.json",
    "--image",
    "inputs",
    "--output",
    "outputs",
    "--device",
    "cpu",
  ];

  expect((await diopter(words)).err).toContain("1 done, 0 were done before, 0 failed");
  expect((await diopter(words)).err).toContain("0 done, 1 were done before, 0 failed");
  writeFileSync(path("flow/inner.json"), inner(0.25));
  expect((await diopter(words)).err).toContain("1 done, 0 were done before, 0 failed");
  copyFileSync(example("sign-127x95.png"), path("flow/reference.png"));
  expect((await diopter(words)).err).toContain("1 done, 0 were done before, 0 failed");
});

it("makes a workflow to start from, which is sound, and never replaces one", async () => {
  expect(await diopter(["new", "mine.json"])).toMatchObject({ code: 0, out: "mine.json\n" });
  expect(await diopter(["check", "mine.json"])).toMatchObject({ code: 0 });
  const again = await diopter(["new", "mine.json"]);
  expect(again.code).toBe(7);
  expect(again.err).toContain("[output/exists]");
});

it("lists every problem of a workflow", async () => {
  const nodes = {
    a: { type: "image/laod", version: 1 },
    b: { type: "image/save", version: 1, inputs: { image: ["c", "image"] } },
  };
  writeFileSync(path("wrong.json"), JSON.stringify({ diopter: 1, name: "Wrong", nodes }));
  const call = await diopter(["check", "wrong.json"]);
  expect(call.code).toBe(3);
  expect(call.err).toContain("[document/unknown-node]");
  expect(call.err).toContain("[document/dangling-wire]");
});

it("lists nodes and models, and explains a node", async () => {
  const nodes = await diopter(["nodes", "--json"]);
  const types: unknown[] = JSON.parse(nodes.out).map((node: { type: string }) => node.type);
  expect(types).toContain("image/load");
  const explained = await diopter(["nodes", "image/load"]);
  expect(explained.out).toContain("path  file");
  const models = await diopter(["models"]);
  expect(models.out).toMatch(/vae .*M parameters/);
});

it("loads packages only when the user's configuration names them", async () => {
  const definition = `{ type: "text/hello", version: 1, title: "Hello", help: "Says hello.",
    inputs: {}, params: {}, outputs: { text: { socket: "TEXT" } },
    run: async () => ({ text: "hello" }) }`;
  const folder = path("node_modules/greetings");
  mkdirSync(folder, { recursive: true });
  const manifest = { name: "greetings", version: "1.0.0", type: "module", exports: "./index.js" };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "index.js"), `export const definitions = [${definition}];\n`);

  expect((await diopter(["nodes"])).out).not.toContain("greetings");
  writeFileSync(path("config.json"), JSON.stringify({ packages: ["greetings", "absent"] }));
  const call = await diopter(["nodes"]);
  writeFileSync(path("config.json"), "{}");
  expect(call.out).toContain("greetings:text/hello");
  expect(call.err).toMatch(/absent.*\[package\/failed\]/);
  expect(call.code).toBe(0);
});

it("leaves nothing half-written when it is interrupted", async () => {
  const workflow = join(root, "workflows/upscale.json");
  const request = ["--image", example("cottage-64x64.png"), "--output", "stopped.png"];
  const call = await diopter(["run", workflow, "--device", "cpu", ...request, "--steps", "400"], {
    interruptAt: /step \d+\/400/,
  });
  expect(call.code).toBe(130);
  expect(call.err).toContain("[run/cancelled]");
  expect(readdirSync(path()).filter((name) => name.includes("stopped"))).toEqual([]);
});

it("keeps a shipped picture's bytes when they are only copied", async () => {
  const words = ["run", "copy.json", "--image", example("cottage-64x64.png"), "--device", "cpu"];
  await diopter([...words, "--output", "one.png"]);
  await diopter([...words, "--output", "two.png", "--no-cache"]);
  expect(readFileSync(path("one.png"))).toEqual(readFileSync(path("two.png")));
});
