import type { DeviceName } from "@diopter/engine";
import { loadConfiguration } from "../configuration.js";
import { loadRegistry } from "../registry.js";
import type { Terminal } from "../terminal.js";
import { version } from "../version.js";

/** The options of `diopter serve`, as read from the command line. */
export interface ServeCommandOptions {
  readonly host?: string;
  readonly port?: string;
  readonly data?: string;
  readonly token?: string;
  readonly device?: readonly DeviceName[];
  readonly config?: string;
}

/**
 * Serves the editor and the API until `signal` is aborted.
 * @returns The exit code.
 * @throws DiopterError when the settings cannot be used or the server cannot start.
 */
export async function serveCommand(
  options: ServeCommandOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const { settleSettings, startServer } = await import("@diopter/server");
  const configuration = await loadConfiguration(terminal, options.config);
  const settings = settleSettings(configuration.server, terminal.environment, {
    host: options.host,
    port: options.port === undefined ? undefined : Number(options.port),
    data: options.data,
    token: options.token,
    devices: options.device === undefined ? undefined : [...options.device],
  });
  const registry = await loadRegistry(configuration, terminal);
  const server = await startServer({
    settings,
    configuration,
    registry,
    version,
    environment: terminal.environment,
  });
  terminal.out(`Diopter listens on ${server.link}\n`);
  await new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await server.stop();
  return 0;
}
