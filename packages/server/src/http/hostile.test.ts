import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSocket, startTestServer, type TestServer } from "../testing/index.js";
import { rawRequest } from "./raw-request.test-support.js";

const token = "0123456789abcdef0123";
let server: TestServer;
let guarded: TestServer;
let secret: string;
let png: Buffer;

beforeAll(async () => {
  server = await startTestServer({
    settings: { bodyBytes: 64 * 1024, uploadBytes: 32 * 1024, uploadPixels: 10_000, sockets: 5 },
  });
  guarded = await startTestServer({ settings: { token } });
  png = readFileSync(join(server.running.services.folders.library, "examples/cottage-64x64.png"));
  secret = join(server.folder, "secret.png");
  writeFileSync(secret, png);
  const { library } = server.running.services.folders;
  symlinkSync(secret, join(library, "uploads", "link.png"));
  symlinkSync(server.folder, join(library, "outside"));
  mkdirSync(join(library, "deep"), { recursive: true });
});
afterAll(() => Promise.all([server.close(), guarded.close()]));

const raw = (method: string, path: string, headers: Record<string, string> = {}, body = "") =>
  rawRequest(server.running.port, method, path, headers, body);

const json = { "content-type": "application/json" };
const host = () => `127.0.0.1:${server.running.port}`;

describe("names and origins", () => {
  it.each([
    ["a foreign host", { host: "evil.example" }],
    ["a host that only begins like ours", { host: "127.0.0.1.evil.example:8188" }],
    ["a host with a user before it", { host: "localhost@evil.example" }],
    ["a foreign origin", { origin: "http://evil.example" }],
    ["an origin on another port of this machine", { origin: "http://127.0.0.1:1" }],
    ["an origin that hides", { origin: "null" }],
    ["a page of another site", { "sec-fetch-site": "cross-site" }],
    ["a page of another port", { "sec-fetch-site": "same-site" }],
  ])("%s is refused", async (_name, headers) => {
    for (const path of ["/", "/api/v1/nodes", "/api/v1/health"]) {
      const answer = await raw("GET", path, { host: host(), ...headers });
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: "request/refused" } });
    }
    const address = `ws://${host()}/api/v1/socket`;
    await expect(openSocket(address, headers)).rejects.toThrow("403");
  });

  it("its own page and tools without a page are answered", async () => {
    const page = { origin: `http://${host()}`, "sec-fetch-site": "same-origin" };
    expect((await raw("GET", "/api/v1/health", { host: host(), ...page })).status).toBe(200);
    expect((await raw("GET", "/api/v1/health", { host: `localhost:9` })).status).toBe(200);
  });

  it("an answer lets nobody else read it, and runs nothing but the page's own", async () => {
    const { headers } = await server.call("GET", "/nodes");
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-powered-by")).toBeNull();
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});

describe("the token", () => {
  const ask = (path: string, headers = {}) =>
    fetch(`${guarded.origin}${path}`, { headers, redirect: "manual" });

  it("is demanded, but for the health", async () => {
    expect((await ask("/api/v1/nodes")).status).toBe(401);
    expect((await ask("/")).status).toBe(401);
    expect((await ask("/api/v1/health")).status).toBe(200);
    expect((await ask("/api/v1/nodes", { authorization: `Bearer ${token}x` })).status).toBe(401);
    expect((await ask("/api/v1/nodes", { authorization: `Bearer ${token}` })).status).toBe(200);
    const address = `ws://127.0.0.1:${guarded.running.port}/api/v1/socket`;
    await expect(openSocket(address)).rejects.toThrow("401");
    const socket = await openSocket(address, { cookie: `diopter-token=${token}` });
    socket.socket.close();
  });

  it("becomes a cookie where its link is opened", async () => {
    expect(guarded.running.link).toContain(`?token=${token}`);
    const answer = await fetch(guarded.running.link, { redirect: "manual" });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/");
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const [pair = ""] = cookie.split(";");
    expect((await ask("/api/v1/nodes", { cookie: pair })).status).toBe(200);
    const wrong = await fetch(`${guarded.origin}/?token=wrong`, { redirect: "manual" });
    expect(wrong.headers.get("set-cookie")).toBeNull();
  });
});

describe("paths", () => {
  const outside = [
    "../secret.png",
    "uploads/../../../secret.png",
    "uploads/link.png",
    "outside/secret.png",
    "/etc/passwd",
    "..\\..\\secret.png",
    "uploads/%2e%2e/%2e%2e/secret.png",
    "\0",
  ];

  it.each(outside)("%j gives no picture", async (path) => {
    const { status, body } = await raw("GET", `/api/v1/files?path=${encodeURIComponent(path)}`, {
      host: host(),
    });
    expect([400, 403, 404]).toContain(status);
    expect(body).not.toContain(server.folder);
  });

  it.each([...outside, "a/../b", ".hidden", "a//b", "con?", "x".repeat(600), "uploads/x", "."])(
    "%j names no document",
    async (id) => {
      const body = JSON.stringify({ diopter: 1, name: "x", nodes: {} });
      const address = `/api/v1/workflows/${encodeURIComponent(id)}`;
      const { status } = await raw("PUT", address, { host: host(), ...json }, body);
      expect([400, 403, 404]).toContain(status);
    },
  );

  it("a document is not written through a link that leaves the library", async () => {
    const body = JSON.stringify({ diopter: 1, name: "x", nodes: {} });
    const { status } = await raw(
      "PUT",
      "/api/v1/workflows/outside/a",
      { host: host(), ...json },
      body,
    );
    expect(status).toBe(403);
    expect(readdirSync(server.folder)).not.toContain("a.json");
  });

  it.each(["../secret.png", "/etc/passwd", "uploads/link.png", "outside/secret.png"])(
    "no node reads %j",
    async (path) => {
      const job = await server.submit({
        read: { type: "test-nodes:file/read", version: 1, params: { path } },
      });
      const { error, status } = await server.until(job.id);
      expect(status).toBe("failed");
      expect(["file/outside", "file/not-found"]).toContain(error?.code);
      expect(JSON.stringify(error)).not.toContain(server.folder);
    },
  );

  it.each(["../x.txt", "/tmp/diopter-hostile.txt", "a/../../x.txt"])(
    "no node writes %j",
    async (path) => {
      const job = await server.submit({
        write: { type: "test-nodes:file/write", version: 1, params: { path } },
      });
      expect(await server.until(job.id)).toMatchObject({
        status: "failed",
        error: { code: "file/outside" },
      });
    },
  );

  it("an upload's name cannot leave its folder", async () => {
    for (const name of ["../../evil.png", "..\\evil.png", "/etc/evil.png", ".evil.png"]) {
      const form = new FormData();
      form.append("file", new Blob([png]), name);
      const answer = await fetch(`${server.origin}/api/v1/uploads`, { method: "POST", body: form });
      expect(answer.status).toBe(201);
      expect(await answer.json()).toMatchObject({
        path: expect.stringMatching(/^uploads\/[^./\\][^/\\]*$/),
      });
    }
    expect(readdirSync(server.folder).filter((name) => name.includes("evil"))).toEqual([]);
  });
});

describe("too much", () => {
  const post = (path: string, body: string | Buffer, headers: Record<string, string> = json) =>
    fetch(`${server.origin}/api/v1${path}`, { method: "POST", body, headers });

  it("of a body, of levels, of nodes or of pixels is refused", async () => {
    expect((await post("/jobs", "x".repeat(70_000))).status).toBe(413);
    const deep = `{"workflow":${"[".repeat(5000)}${"]".repeat(5000)}}`;
    expect((await post("/jobs", deep)).status).toBe(413);
    const nodes = Object.fromEntries(Array.from({ length: 30_000 }, (_, n) => [n, {}]));
    const many = JSON.stringify({ workflow: { diopter: 1, name: "x", nodes } });
    expect((await post("/jobs", many)).status).toBe(413);
  });

  it("of a picture is refused, and what is none too; nothing is left of it", async () => {
    const before = readdirSync(server.running.services.uploads.folder);
    const bytes = { "content-type": "application/octet-stream" };
    expect((await post("/uploads?name=a.png", Buffer.alloc(40_000), bytes)).status).toBe(413);
    expect((await post("/uploads?name=a.png", "no picture", bytes)).status).toBe(400);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    expect((await post("/uploads?name=a.png", svg, bytes)).status).toBe(400);
    const form = { "content-type": "multipart/form-data; boundary=x" };
    expect((await post("/uploads", "--x\r\nbroken", form)).status).toBe(400);
    expect((await post("/uploads", "", { "content-type": "multipart/form-data" })).status).toBe(
      400,
    );
    expect(readdirSync(server.running.services.uploads.folder)).toEqual(before);
  });

  it("of sockets is refused, and a message too long closes its socket", async () => {
    const sockets = await Promise.all(Array.from({ length: 5 }, () => server.socket()));
    await expect(server.socket()).rejects.toThrow("429");
    sockets[0]?.socket.send("x".repeat(70_000));
    await sockets[0]?.closed;
    for (const { socket } of sockets) socket.close();
    await Promise.all(sockets.map(({ closed }) => closed));
  });

  it("of requests is refused until later", async () => {
    const strict = await startTestServer({ settings: { requestsPerSecond: 1 } });
    try {
      const statuses: number[] = [];
      for (let count = 0; count < 8; count += 1) {
        statuses.push((await strict.call("GET", "/health")).status);
      }
      expect(statuses.slice(0, 4)).toEqual([200, 200, 200, 200]);
      expect(statuses).toContain(429);
    } finally {
      await strict.close();
    }
  });
});
