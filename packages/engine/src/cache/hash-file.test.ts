import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashFile } from "./hash-file.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "diopter-hash-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("agrees with FIPS 180-2's examples, also for a million letters", async () => {
  const path = join(folder, "abc");
  await writeFile(path, "abc");
  expect(await hashFile(path)).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
  const long = join(folder, "long");
  await writeFile(long, "a".repeat(1_000_000));
  expect(await hashFile(long)).toBe(
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
  );
});

test("notices changes, and that a file has gone", async () => {
  const path = join(folder, "changing");
  await writeFile(path, "one");
  const before = await hashFile(path);
  expect(await hashFile(path)).toBe(before);
  await appendFile(path, "!");
  expect(await hashFile(path)).not.toBe(before);
  await writeFile(path, "one");
  expect(await hashFile(path)).toBe(before);
  await rm(path);
  await expect(hashFile(path)).rejects.toMatchObject({ code: "file/not-found" });
});

test("refuses a folder in a sentence", async () => {
  await expect(hashFile(folder)).rejects.toMatchObject({
    code: "file/unreadable",
    message: `"${folder}" is a folder.`,
  });
});
