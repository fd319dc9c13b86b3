import { readFileSync } from "node:fs";
import { openSocket, type ServedProcess, type TestSocket } from "@diopter/server/testing";

export interface LoadFigures {
  readonly jobs: number;
  readonly lost: number;
  readonly seconds: number;
  /** From the first client that hears of a change to the last, in milliseconds. */
  readonly deliveryP99: number;
  /** Of the server's event loop, in milliseconds. */
  readonly loopDelayP99: number;
  readonly residentMegabytes: number;
}

/** So many small jobs, watched by so many clients, while one job of them keeps the device busy. */
export async function benchLoad(
  server: ServedProcess,
  jobs: number,
  clients: number,
): Promise<LoadFigures> {
  const address = `${server.origin.replace("http", "ws")}/api/v1/socket`;
  const heard = new Map<string, number[]>();
  const sockets: TestSocket[] = [];
  for (let client = 0; client < clients; client += 1) {
    const socket = await openSocket(address);
    socket.send({ type: "hello", client: `bench-${client}` });
    socket.send({ type: "watch-queue" });
    socket.socket.on("message", () => note(socket, heard));
    sockets.push(socket);
  }
  const before = await succeeded(server);
  const started = performance.now();
  const template = await fetch(`${server.origin}/api/v1/templates/upscale`);
  await server.submit(await template.json(), { settings: { steps: 20, scale: 2 } });
  for (let number = 0; number < jobs - 1; number += 1) await server.submit(smallJob(number));
  await server.untilOpen(0);
  const seconds = (performance.now() - started) / 1000;
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1];
  const betweenTicks = await metric(server, "nodejs_eventloop_lag_p99_seconds");
  for (const { socket } of sockets) socket.terminate();
  const delays = [...heard.values()]
    .filter((times) => times.length === clients)
    .map((times) => Math.max(...times) - Math.min(...times))
    .sort((a, b) => a - b);
  return {
    jobs,
    lost: jobs - ((await succeeded(server)) - before),
    seconds,
    deliveryP99: delays[Math.floor(delays.length * 0.99)] ?? Number.NaN,
    loopDelayP99: 1000 * betweenTicks - tickMilliseconds,
    residentMegabytes: Number(resident) / 1024,
  };
}

/** The metric tells the time between ticks of a timer of this period: 10 ms where nothing delays it. */
const tickMilliseconds = 10;

const succeeded = (server: ServedProcess) => metric(server, 'diopter_jobs{status="succeeded"}');

async function metric({ origin }: ServedProcess, name: string): Promise<number> {
  const lines = (await (await fetch(`${origin}/api/v1/metrics`)).text()).split("\n");
  return Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1));
}

/** When each client heard that a job has ended. */
function note({ messages }: TestSocket, heard: Map<string, number[]>): void {
  for (const message of messages.splice(0)) {
    if (message.type !== "job-changed" || message.job.ended === undefined) continue;
    const times = heard.get(message.job.id) ?? [];
    times.push(performance.now());
    heard.set(message.job.id, times);
  }
}

function smallJob(number: number): object {
  const add = { type: "test-nodes:number/add", version: 1, params: { value: number } };
  return { diopter: 1, name: `Small job ${number}`, nodes: { add } };
}
