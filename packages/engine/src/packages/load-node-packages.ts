import { DiopterError } from "../errors/index.js";
import type { NodeDefinition } from "../nodes/define-node.js";
import { isPackageName } from "./package-name.js";
import { prefixDefinitions } from "./prefix-definitions.js";
import { readDefinitions } from "./read-definitions.js";

/** Brings a package's module, as `import(name)` does from the folder of the configuration. */
export type PackageImporter = (name: string) => Promise<unknown>;

/** What was loaded, and one error for each package that was not. */
export interface LoadedPackages {
  readonly definitions: readonly NodeDefinition[];
  readonly failures: readonly DiopterError[];
}

export interface LoadPackagesOptions {
  /** A package that takes longer to import is left out. Default 30 seconds. */
  readonly timeoutMilliseconds?: number;
}

/**
 * Loads the npm packages of nodes that the user's own configuration names: their code runs with the
 * user's rights, so nothing that stands in a workflow may be handed in here. A package exports
 * `definitions`, a list of what `defineNode` gives; each type gets the package's name as a prefix,
 * `package:subject/name`. What is wrong with a package leaves that package out, whole, and no other.
 *
 * Failures: `package/not-allowed` for what is no name of an npm package (a path, an address),
 * `package/failed` for what cannot be imported or does not export definitions.
 */
export async function loadNodePackages(
  names: readonly string[],
  importer: PackageImporter,
  { timeoutMilliseconds = 30_000 }: LoadPackagesOptions = {},
): Promise<LoadedPackages> {
  const definitions: NodeDefinition[] = [];
  const failures: DiopterError[] = [];
  const attempts = [...new Set(names)].map((name) =>
    loadPackage(name, importer, timeoutMilliseconds).catch((thrown: unknown) =>
      failed(name, thrown),
    ),
  );
  for (const loaded of await Promise.all(attempts)) {
    if (DiopterError.is(loaded)) failures.push(loaded);
    else definitions.push(...loaded);
  }
  return { definitions, failures };
}

async function loadPackage(
  name: string,
  importer: PackageImporter,
  milliseconds: number,
): Promise<readonly NodeDefinition[]> {
  if (!isPackageName(name)) {
    throw new DiopterError("package/not-allowed", {
      message: `"${name}" is not the name of an npm package.`,
      remedy: "Name packages as npm does, such as diopter-nodes-example, and install them there.",
    });
  }
  const module = await within(milliseconds, importer(name));
  return prefixDefinitions(name, readDefinitions(module));
}

async function within<T>(milliseconds: number, loading: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`it was not ready after ${milliseconds / 1000} seconds`);
    timer = setTimeout(() => reject(error), milliseconds);
  });
  try {
    return await Promise.race([loading, late]);
  } finally {
    clearTimeout(timer);
  }
}

function failed(name: string, thrown: unknown): DiopterError {
  if (DiopterError.is(thrown)) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const [firstLine = ""] = reason.split("\n");
  const isMissing =
    thrown instanceof Error &&
    "code" in thrown &&
    (thrown.code === "ERR_MODULE_NOT_FOUND" || thrown.code === "MODULE_NOT_FOUND");
  return new DiopterError("package/failed", {
    message: `The package "${name}" cannot be loaded: ${firstLine.replace(/[.!]$/, "")}.`,
    remedy: isMissing
      ? "Install it in the folder of your configuration, or remove it from there."
      : "Update or repair the package, or remove it from your configuration.",
    cause: thrown,
  });
}
