import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ServedProcess } from "@diopter/server/testing";
import { benchSocketChain } from "./chain.js";
import { benchLoad } from "./load.js";

/** `node bench/dist/server/main.js [jobs] [clients]`: the server's own figures. */
const [jobs = "1000", clients = "100"] = process.argv.slice(2);
const program = fileURLToPath(new URL("../../../packages/cli/bin/diopter.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "diopter-bench-"));
const server = new ServedProcess(program, folder);
try {
  const started = performance.now();
  await server.start();
  const ready = performance.now() - started;
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  console.log(`Ready after ${ready.toFixed(0)} ms, ${resident.toFixed(0)} MB resident`);
  await benchSocketChain(server, 10);
  for (const length of [100, 900]) {
    const { milliseconds, bytes } = await benchSocketChain(server, length);
    const sent = (bytes / 1000).toFixed(0);
    console.log(`Chain of ${length} nodes: ${milliseconds.toFixed(0)} ms, ${sent} kB sent`);
  }
  const load = await benchLoad(server, Number(jobs), Number(clients));
  console.log(
    `${load.jobs} jobs, ${clients} clients: ${load.seconds.toFixed(1)} s, ${load.lost} lost, ` +
      `delivery p99 ${load.deliveryP99.toFixed(0)} ms, event loop p99 ` +
      `${load.loopDelayP99.toFixed(0)} ms, ${load.residentMegabytes.toFixed(0)} MB resident`,
  );
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
