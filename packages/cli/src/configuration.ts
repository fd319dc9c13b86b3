import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { DiopterError, deviceNames } from "@diopter/engine";
import { z } from "zod";
import type { Terminal } from "./terminal.js";

const fileSchema = z.strictObject({
  /** npm packages whose nodes are loaded; their code runs with the user's rights. */
  packages: z.array(z.string().min(1)).default([]),
  /** Folders, besides those of the workflow and of the pictures named, that nodes may read. */
  readable: z.array(z.string().min(1)).default([]),
  device: z.enum(deviceNames).default("auto"),
  /** Bytes that models and tensors may take on the device; by default 60 % of the memory. */
  memoryBudget: z.number().int().positive().optional(),
  /** Bytes that results of nodes may take in memory. */
  memoryCache: z
    .number()
    .int()
    .positive()
    .default(256 * 2 ** 20),
  /** Bytes that results of nodes may take on disk. */
  diskCache: z
    .number()
    .int()
    .positive()
    .default(4 * 2 ** 30),
  /** Settings of `diopter serve`, which checks them: see docs/server.md. */
  server: z.record(z.string(), z.unknown()).default({}),
});

/** What the user has settled for all runs. */
export type Configuration = Readonly<z.infer<typeof fileSchema>> & {
  /** The file it came from, whether or not it exists: packages are found from its folder. */
  readonly path: string;
  readonly cacheFolder: string;
};

/**
 * The user's own configuration, never one that lies beside a workflow: naming a package there
 * would run a stranger's code. `$DIOPTER_CONFIG`, or `diopter/config.json` in the user's
 * configuration folder (XDG base directories), unless `given` names another file; absent means
 * defaults.
 * @throws DiopterError `usage/invalid` for a file that cannot be understood.
 */
export async function loadConfiguration(
  terminal: Terminal,
  given?: string,
): Promise<Configuration> {
  const { environment } = terminal;
  const path = resolve(
    given ??
      environment.DIOPTER_CONFIG ??
      join(environment.XDG_CONFIG_HOME ?? join(homedir(), ".config"), "diopter", "config.json"),
  );
  const cacheFolder = resolve(
    environment.DIOPTER_CACHE ??
      join(environment.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "diopter"),
  );
  const settings = fileSchema.safeParse(await readSettings(path));
  if (!settings.success) throw refused(path, z.prettifyError(settings.error).split("\n").join(" "));
  const readable = settings.data.readable.map((folder) => resolve(dirname(path), folder));
  return { ...settings.data, readable, path, cacheFolder };
}

async function readSettings(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw refused(path, error.message);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused(path, error instanceof Error ? error.message : String(error));
  }
}

function refused(path: string, reason: string): DiopterError {
  return new DiopterError("usage/invalid", {
    message: `The configuration ${path} cannot be used: ${reason}.`,
    remedy: "Correct the file or remove it.",
  });
}
