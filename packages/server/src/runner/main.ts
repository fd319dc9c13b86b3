import { toDiopterError } from "@diopter/engine";
import { type FromRunner, toRunnerSchema } from "./messages.js";
import { RunnerHost } from "./runner-host.js";

/** The runner process: started by the server, it ends with it. */
function send(message: FromRunner, sent?: () => void): void {
  if (process.connected) process.send?.(message, () => sent?.());
}

const host = new RunnerHost(send);

process.on("message", (data) => {
  const parsed = toRunnerSchema.safeParse(data);
  if (!parsed.success) throw new TypeError("The server sent what a runner does not understand.");
  host.receive(parsed.data).catch((thrown: unknown) => {
    send({ type: "unusable", error: toDiopterError(thrown).toJSON() });
  });
});
process.on("disconnect", () => process.exit(0));
// The server decides when a runner leaves: Ctrl+C in a terminal reaches both.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
