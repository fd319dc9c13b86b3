import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { createRegistry, loadNodePackages, type NodeRegistry } from "@diopter/engine";
import { definitions } from "@diopter/nodes";
import type { Configuration } from "./configuration.js";
import type { Terminal } from "./terminal.js";

/**
 * Our nodes and those of the packages that the configuration names. A package that fails is
 * reported and left out; workflows without its nodes run all the same.
 */
export async function loadRegistry(
  configuration: Configuration,
  terminal: Terminal,
): Promise<NodeRegistry> {
  const require = createRequire(configuration.path);
  const importer = (name: string): Promise<unknown> =>
    import(pathToFileURL(require.resolve(name)).href);
  const loaded = await loadNodePackages(configuration.packages, importer);
  for (const failure of loaded.failures) terminal.err(`diopter: ${failure.sentence}\n`);
  return createRegistry([...definitions, ...loaded.definitions]);
}
