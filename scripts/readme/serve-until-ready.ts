import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { ServingCommand } from "./commands.js";

const patience = 180_000;
const pause = 200;

/**
 * Starts a command that serves, waits until its address gives a page, and stops it as Ctrl+C does.
 * @returns whether it answered, and left in good order.
 */
export async function serveUntilReady({ command, url }: ServingCommand): Promise<boolean> {
  const shell = spawn("bash", ["-euo", "pipefail", "-c", command], {
    stdio: ["ignore", "inherit", "inherit"],
    // A group of its own: the interrupt reaches npm and what npm has started.
    detached: true,
  });
  const ended = once(shell, "exit");
  const deadline = Date.now() + patience;
  let answered = false;
  while (!answered && shell.exitCode === null && Date.now() < deadline) {
    await sleep(pause);
    answered = await isPage(url);
  }
  if (shell.pid !== undefined && shell.exitCode === null) process.kill(-shell.pid, "SIGINT");
  await ended;
  return answered;
}

async function isPage(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    return response.ok && (await response.text()).includes("<html");
  } catch {
    return false;
  }
}
