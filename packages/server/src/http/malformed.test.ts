import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testing/index.js";
import { rawRequest } from "./raw-request.test-support.js";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ settings: { bodyBytes: 64 * 1024, uploadBytes: 32 * 1024 } });
});
afterAll(() => server.close());

const host = () => `127.0.0.1:${server.running.port}`;
const raw = (method: string, path: string, headers: Record<string, string> = {}, body = "") =>
  rawRequest(server.running.port, method, path, headers, body);

describe("what is no request", () => {
  it("is answered without a stack and without harm", async () => {
    const send = (text: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(server.running.port, "127.0.0.1", () => socket.write(text));
        let answer = "";
        socket.on("data", (data) => {
          answer += data.toString("latin1");
        });
        socket.on("close", () => resolve(answer));
        socket.on("error", () => resolve(answer));
        socket.setTimeout(2000, () => socket.destroy());
      });
    const answers = await Promise.all(
      [
        "\0\x01\x02\r\n\r\n",
        "GET\r\n\r\n",
        `GET / HTTP/1.1\r\nHost: ${host()}\r\nHost: evil\r\nConnection: close\r\n\r\n`,
        `GET /%zz HTTP/1.1\r\nHost: ${host()}\r\nConnection: close\r\n\r\n`,
        `GET //evil HTTP/1.1\r\nHost: ${host()}\r\nConnection: close\r\n\r\n`,
        `GET http://[ HTTP/1.1\r\nHost: ${host()}\r\nConnection: close\r\n\r\n`,
        `GET /api/v1/socket HTTP/1.1\r\nHost: ${host()}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
        `GET //[ HTTP/1.1\r\nHost: ${host()}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n`,
        `POST /api/v1/jobs HTTP/1.1\r\nHost: ${host()}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      ].map(send),
    );
    for (const answer of answers) {
      expect(answer).not.toMatch(/ at .*\.(js|ts):\d+/);
      expect(answer).not.toMatch(/^HTTP\/1\.1 (5|2)/);
    }
    expect((await server.call("GET", "/health")).status).toBe(200);
  });

  it("malformed frames close their socket alone", async () => {
    const socket = await server.socket();
    const other = await server.socket();
    // A frame without a mask, of a reserved kind.
    Reflect.get(socket.socket, "_socket").write(Buffer.from([0x8f, 0x02, 0x00, 0x00]));
    await socket.closed;
    other.send({ type: "hello", client: "other" });
    await other.until(({ messages }) => messages.find(({ type }) => type === "welcome"));
    other.socket.close();
    await other.closed;
  });

  it("a client that dawdles is cut off and holds nobody up", async () => {
    const { headersTimeout, requestTimeout, connectionsCheckingInterval } = await import(
      "../server.js"
    ).then(({ timeouts }) => timeouts);
    expect(headersTimeout).toBeLessThanOrEqual(15_000);
    expect(requestTimeout).toBeLessThanOrEqual(600_000);
    expect(connectionsCheckingInterval).toBeLessThanOrEqual(5_000);
    const slow = Array.from({ length: 50 }, () => {
      const socket = connect(server.running.port, "127.0.0.1");
      socket.on("error", () => {});
      socket.write(`POST /api/v1/jobs HTTP/1.1\r\nHost: ${host()}\r\n`);
      return socket;
    });
    expect((await server.call("GET", "/health")).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });
});

describe("10,000 strange requests", () => {
  it("are all answered in words, and the server is as it was", async () => {
    let state = 7;
    const random = (most: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state % most;
    };
    const pick = <T>(list: readonly T[], fallback: T): T => list[random(list.length)] ?? fallback;
    const ids = [
      "..",
      "%2e%2e%2f",
      "x",
      "0".repeat(64),
      "%00",
      "a%2Fb",
      "constructor",
      "__proto__",
    ];
    const paths = [
      "/",
      "/jobs",
      "/jobs/{}",
      "/jobs/{}/events?after={}",
      "/jobs/{}/cancel",
      "/jobs/{}/move",
      "/workflows/{}",
      "/templates/{}",
      "/files?path={}",
      "/results/{}",
      "/results/{}/{}",
      "/uploads",
      "/queue/{}",
      "/nodes",
      "/memory/{}",
      "/{}",
      "/jobs?limit={}&before={}&status={}",
    ];
    const values = [
      "null",
      "[]",
      "{}",
      '"x"',
      "1e999",
      "{",
      "\u0000",
      '{"workflow":{"diopter":1,"nodes":{}}}',
      '{"__proto__":{"x":1},"workflow":"../x"}',
      '{"before":"x"}',
      '{"priority":1e9}',
      '{"workflow":{"diopter":1,"name":"x","nodes":{"a":{"type":"image/load","version":99}}}}',
      '{"workflow":{"diopter":"1","name":[],"nodes":{"a":null}},"settings":{"a.b":{}}}',
    ];
    const types = ["application/json", "text/plain", "multipart/form-data; boundary=a", ""];
    const methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];
    const one = async () => {
      const path = pick(paths, "/").replaceAll("{}", () => pick(ids, "x"));
      const method = pick(methods, "GET");
      const type = pick(types, "");
      const headers = {
        host: host(),
        connection: "keep-alive",
        ...(type === "" ? {} : { "content-type": type }),
      };
      const body = method === "GET" || method === "HEAD" ? "" : pick(values, "");
      const { status, body: said } = await raw(method, `/api/v1${path}`, headers, body);
      if (status >= 500) throw new Error(`${method} ${path} ${body}: ${status} ${said}`);
      if (said.includes(server.folder) || / at .*\.(js|ts):\d+/.test(said)) throw new Error(said);
    };
    const before = readdirSync(server.folder).sort();
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        for (let count = 0; count < 500; count += 1) await one();
      }),
    );
    expect(readdirSync(server.folder).sort()).toEqual(before);
    expect((await server.call("GET", "/health")).status).toBe(200);
    await server.call("POST", "/queue/resume");
  });
});
