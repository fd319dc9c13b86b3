import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readablePath, writablePath } from "./contained-path.js";
import { temporaryFolder } from "./example-run.test-support.js";

const root = realpathSync(temporaryFolder());
afterAll(() => rmSync(root, { recursive: true, force: true }));
for (const name of ["base", "shared", "secret", "output"]) mkdirSync(join(root, name));
writeFileSync(join(root, "secret/key"), "");
symlinkSync(join(root, "secret"), join(root, "base/link"));
symlinkSync(join(root, "secret/new"), join(root, "output/dangling"));
symlinkSync(join(root, "shared"), join(root, "base/fine"));

const folders = {
  base: join(root, "base"),
  readable: [join(root, "shared")],
  output: join(root, "output"),
};

describe("reading", () => {
  test.each([
    ["photo.png", "base/photo.png"],
    ["a/../photo.png", "base/photo.png"],
    ["..photo.png", "base/..photo.png"],
    ["../shared/x", "shared/x"],
    ["fine/x", "shared/x"],
  ])("%s is %s", (path, expected) => {
    expect(readablePath(folders, path)).toBe(join(root, expected));
  });

  test.each(["../secret/key", "link/key", "/etc/hostname", "../base-2/x", "x\0.png"])(
    "%j is refused",
    (path) => {
      expect(() => readablePath(folders, path)).toThrow(/leaves the folders/);
    },
  );
});

describe("writing", () => {
  test("stays in the output folder", () => {
    expect(writablePath(folders, "new/picture.png")).toBe(join(root, "output/new/picture.png"));
  });

  test.each(["../base/x", "../shared/x", "dangling"])("%j is refused", (path) => {
    expect(() => writablePath(folders, path)).toThrow(/leaves the folders/);
  });
});
