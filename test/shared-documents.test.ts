import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { type ServedDiopter, serveDiopter } from "./support/serve.js";

let served: ServedDiopter;
beforeAll(async () => {
  served = await serveDiopter();
});
afterAll(() => served.close());

const changedSchema = z.object({ type: z.literal("document-changed"), edit: z.string() });

/** Sets a parameter to one number after the other; tells the last that was acknowledged. */
async function editUntilDeath(first: number, last: number): Promise<number> {
  const socket = new WebSocket(`${served.address.replace("http", "ws")}api/v1/socket`);
  let acknowledged = 0;
  let isKilled = false;
  const closed = new Promise((resolve) => socket.on("close", resolve));
  socket.on("error", () => {});
  await new Promise((resolve) => socket.on("open", resolve));
  const send = (message: object) => socket.send(JSON.stringify(message));
  const edit = (value: number) => {
    const command = { kind: "set-parameter", node: "large", name: "scale", value };
    send({ type: "edit", document: "shared", edit: `${value}`, command });
  };
  socket.on("message", (data: Buffer) => {
    const changed = changedSchema.safeParse(JSON.parse(data.toString()));
    if (!changed.success) return;
    acknowledged = Number(changed.data.edit);
    edit(acknowledged + 1);
    if (acknowledged < last || isKilled) return;
    isKilled = true;
    served.kill();
  });
  send({ type: "hello", client: "editor" });
  send({ type: "open-document", document: "shared" });
  edit(first);
  await closed;
  return acknowledged;
}

it("loses no edit that it has acknowledged when it is killed", async () => {
  const nodes = { large: { type: "image/resize", version: 1 } };
  await fetch(`${served.address}api/v1/workflows/shared`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ diopter: 1, name: "Shared", nodes }),
  });
  for (const [first, last] of [
    [1, 1],
    [11, 27],
    [40, 99],
  ] as const) {
    const acknowledged = await editUntilDeath(first, last);
    await served.restart();
    const text = readFileSync(join(served.data, "library", "shared.json"), "utf8");
    const scale: unknown = JSON.parse(text).nodes.large.params.scale;
    // The one that was under way may have been taken in too.
    expect([acknowledged, acknowledged + 1]).toContain(scale);
  }
});
