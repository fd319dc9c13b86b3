import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { markedCommands, servingCommands } from "./readme/commands.js";
import { serveUntilReady } from "./readme/serve-until-ready.js";

const [, , ...done] = process.argv;
const readme = readFileSync("README.md", "utf8");
const commands = markedCommands(readme);

const unknown = done.filter((command) => !commands.includes(command));
if (unknown.length > 0) throw new Error(`README.md marks no command: ${unknown.join("; ")}`);

const failed = commands
  .filter((command) => !done.includes(command))
  .filter((command) => {
    console.log(`\n$ ${command}`);
    const shell = spawnSync("bash", ["-euo", "pipefail", "-c", command], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    return shell.status !== 0;
  });

for (const serving of servingCommands(readme)) {
  console.log(`\n$ ${serving.command}`);
  if (!(await serveUntilReady(serving))) failed.push(serving.command);
}

for (const command of failed) console.error(`failed: ${command}`);
process.exitCode = failed.length === 0 ? 0 : 1;
