import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { checkCasts } from "./source-check/casts.js";
import { checkFileLength } from "./source-check/file-length.js";
import { checkImportDirection } from "./source-check/import-direction.js";

const rules = [checkFileLength, checkCasts, checkImportDirection];

const sourcePaths = (): string[] =>
  execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  })
    .split("\0")
    .filter((path) => /\.(ts|tsx)$/.test(path) && !path.includes("/generated/"))
    .filter((path) => existsSync(path));

const files = sourcePaths().map((path) => ({ path, text: readFileSync(path, "utf8") }));
const violations = files.flatMap((file) => rules.flatMap((rule) => rule(file)));

for (const { path, line, message } of violations) console.error(`${path}:${line}: ${message}`);
console.log(`${files.length} source files, ${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
