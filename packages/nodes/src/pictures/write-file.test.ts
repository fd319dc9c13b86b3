import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../test/temporary-folder.js";
import { writeFileAtomically } from "./write-file.js";

const folder = temporaryFolder(afterAll);
const signal = new AbortController().signal;
const bytes = Buffer.from("picture");

describe("writeFileAtomically", () => {
  test("makes folders and leaves nothing but the file", async () => {
    const path = join(folder, "a", "b", "result.png");
    await writeFileAtomically(path, bytes, { overwrite: true, signal });
    expect(readFileSync(path)).toEqual(bytes);
    expect(readdirSync(join(folder, "a", "b"))).toEqual(["result.png"]);
  });

  test("replaces a file only when asked to", async () => {
    const path = join(folder, "kept.png");
    writeFileSync(path, "old");
    await expect(
      writeFileAtomically(path, bytes, { overwrite: false, signal }),
    ).rejects.toMatchObject({ code: "output/exists" });
    expect(readFileSync(path, "utf8")).toBe("old");
    await writeFileAtomically(path, bytes, { overwrite: true, signal });
    expect(readFileSync(path)).toEqual(bytes);
    await writeFileAtomically(join(folder, "new.png"), bytes, { overwrite: false, signal });
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("leaves nothing behind when cancelled", async () => {
    const inside = join(folder, "cancelled");
    mkdirSync(inside);
    const controller = new AbortController();
    const written = writeFileAtomically(join(inside, "x.png"), Buffer.alloc(1 << 24), {
      overwrite: true,
      signal: controller.signal,
    });
    controller.abort();
    await expect(written).rejects.toThrow();
    expect(readdirSync(inside)).toEqual([]);
  });

  test("names the reason when the place cannot be written to", async () => {
    writeFileSync(join(folder, "file"), "");
    const path = join(folder, "file", "x.png");
    await expect(
      writeFileAtomically(path, bytes, { overwrite: true, signal }),
    ).rejects.toMatchObject({
      code: "output/unwritable",
      message: expect.stringContaining("part of the path is a file"),
    });
    mkdirSync(join(folder, "taken.png"));
    await expect(
      writeFileAtomically(join(folder, "taken.png"), bytes, { overwrite: true, signal }),
    ).rejects.toMatchObject({ code: "output/unwritable" });
  });

  test.skipIf(process.getuid?.() === 0)("a write-protected folder (root may write)", async () => {
    const inside = join(folder, "protected");
    mkdirSync(inside);
    chmodSync(inside, 0o500);
    await expect(
      writeFileAtomically(join(inside, "x.png"), bytes, { overwrite: true, signal }),
    ).rejects.toMatchObject({ code: "output/unwritable" });
  });
});
