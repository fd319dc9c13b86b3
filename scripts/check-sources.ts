import { readdirSync, readFileSync } from "node:fs";
import { checkCasts } from "./source-check/casts.js";
import { checkFileLength } from "./source-check/file-length.js";
import { checkImportDirection } from "./source-check/import-direction.js";

const folders = ["packages", "scripts", "bench", "test"];
const rules = [checkFileLength, checkCasts, checkImportDirection];

const isOurs = (path: string): boolean =>
  /\.tsx?$/.test(path) && !/\/(node_modules|dist|generated)\//.test(path);

const sourcePaths = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter(isOurs);

const files = folders
  .flatMap(sourcePaths)
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));
const violations = files.flatMap((file) => rules.flatMap((rule) => rule(file)));

for (const { path, line, message } of violations) console.error(`${path}:${line}: ${message}`);
console.log(`${files.length} source files, ${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
