import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { createRegistry, loadNodePackages, type NodeRegistry } from "@diopter/engine";
import { definitions } from "@diopter/nodes";

/** Our nodes and those of packages; a package that fails is left out, as it was in the server. */
export async function loadRegistry(
  packages: readonly string[],
  configurationPath: string,
): Promise<NodeRegistry> {
  const require = createRequire(configurationPath);
  const importer = (name: string): Promise<unknown> =>
    import(pathToFileURL(require.resolve(name)).href);
  const loaded = await loadNodePackages(packages, importer);
  return createRegistry([...definitions, ...loaded.definitions]);
}
