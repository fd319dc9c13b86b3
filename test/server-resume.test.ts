import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jobEventsSchema } from "@diopter/server/protocol";
import { openSocket, ServedProcess } from "@diopter/server/testing";
import { afterAll, expect, it } from "vitest";
import { root } from "./support/diopter.js";

const folder = mkdtempSync(join(tmpdir(), "diopter-resume-"));
const server = new ServedProcess(join(root, "packages/cli/bin/diopter.js"), folder, {
  DIOPTER_SERVER_STATE_SECONDS: "0",
});
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const settings = { image: "examples/cottage-64x64.png", steps: 8, scale: 2 };

async function upscale(seed: number) {
  const template = await fetch(`${server.origin}/api/v1/templates/upscale`);
  return server.submit(await template.json(), { settings: { ...settings, seed } });
}

/** Resolves once sampling has come so far. */
async function untilStep(job: string, step: number): Promise<void> {
  const address = `${server.origin.replace("http", "ws")}/api/v1/socket`;
  const { send, until, socket, messages } = await openSocket(address);
  send({ type: "hello", client: "test" });
  send({ type: "watch-job", job, after: 0 });
  await until(() =>
    messages.find(
      (message) =>
        message.type === "job-events" &&
        message.events.some((event) => event.type === "node-progressed" && event.done === step),
    ),
  );
  socket.terminate();
}

it("sampling goes on where runner and server were killed, with the same bytes", async () => {
  await server.start();
  const { id } = await upscale(7);
  await untilStep(id, 2);
  for (const runner of server.runners()) process.kill(runner, "SIGKILL");
  await untilStep(id, 5);
  await server.kill();
  await server.start();
  const [disturbed] = await server.untilOpen(0);
  expect(disturbed).toMatchObject({ status: "succeeded", attempts: 3 });
  const answer = await fetch(`${server.origin}/api/v1/jobs/${id}/events?limit=100000`);
  const { events } = jobEventsSchema.parse(await answer.json());
  const steps = events.flatMap((event) =>
    event.type === "node-progressed" && event.node === "sample" ? event.done : [],
  );
  // What was done between the last saved state and the death is done again; nothing else.
  expect(steps.length).toBeLessThanOrEqual(10);
  expect(steps.at(-1)).toBe(8);
  await server.stop();

  // Without what the first run has left behind.
  for (const left of ["cache", "states"]) rmSync(join(server.data, left), { recursive: true });
  await server.start();
  await upscale(7);
  const [undisturbed] = await server.untilOpen(0);
  expect(undisturbed?.attempts).toBe(1);
  expect(disturbed?.results[0]?.hash).toBe(undisturbed?.results[0]?.hash);
  expect(await server.stop()).toBe(0);
}, 180_000);
