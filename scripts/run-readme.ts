import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { markedCommands } from "./readme/commands.js";

const [, , ...done] = process.argv;
const commands = markedCommands(readFileSync("README.md", "utf8"));

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

for (const command of failed) console.error(`failed: ${command}`);
process.exitCode = failed.length === 0 ? 0 : 1;
