import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for one test file's own files; removed when its tests are done. */
export function temporaryFolder(afterAll: (remove: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), "diopter-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
