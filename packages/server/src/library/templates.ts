import { copyFile, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type NodeRegistry, parseWorkflow, type WorkflowDocument } from "@diopter/engine";
import { notFound } from "../http/request-errors.js";

/** Workflows that ship, and their pictures, lie beside `packages/`, or where these variables say. */
const workflowFolder =
  process.env.DIOPTER_WORKFLOWS ?? fileURLToPath(new URL("../../../../workflows", import.meta.url));
const exampleFolder =
  process.env.DIOPTER_EXAMPLES ?? fileURLToPath(new URL("../../../../examples", import.meta.url));

/** What stands before an example's name in the workflows that ship, and in the library. */
const shippedPrefix = "../examples/";
const libraryPrefix = "examples/";

/** A workflow that ships, as the editor offers it. */
export interface Template {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly picture?: string;
}

/** Puts the pictures of the workflows that ship into the library, where they are not yet. */
export async function copyExamples(folder: string): Promise<void> {
  const names = await readdir(exampleFolder).catch(() => []);
  for (const name of names) {
    const target = join(folder, name);
    const isThere = await stat(target).catch(() => undefined);
    if (isThere === undefined) await copyFile(join(exampleFolder, name), target);
  }
}

/** The path in the library that a path in a workflow that ships stands for. */
export function libraryPath(path: string): string {
  return path.startsWith(shippedPrefix) ? libraryPrefix + path.slice(shippedPrefix.length) : path;
}

/** The workflows that ship, with paths as they are in the library. */
export async function listTemplates(registry: NodeRegistry): Promise<readonly Template[]> {
  const names = await templateNames();
  return Promise.all(
    names.map(async (id) => {
      const document = await readTemplate(id, registry);
      const { name, description } = document;
      const picture = pictureOf(document);
      return {
        id,
        name,
        ...(description === undefined ? {} : { description }),
        ...(picture === undefined ? {} : { picture }),
      };
    }),
  );
}

/** @throws DiopterError `request/not-found`. */
export async function readTemplate(id: string, registry: NodeRegistry): Promise<WorkflowDocument> {
  if (!(await templateNames()).includes(id)) throw notFound(`There is no template "${id}".`);
  const text = await readFile(join(workflowFolder, `${id}.json`), "utf8");
  const { $schema: _, ...document } = parseWorkflow(text, registry);
  const nodes = Object.entries(document.nodes).map(([node, content]) => {
    if (content.params === undefined) return [node, content] as const;
    const params = Object.entries(content.params).map(
      ([name, value]) => [name, typeof value === "string" ? libraryPath(value) : value] as const,
    );
    return [node, { ...content, params: Object.fromEntries(params) }] as const;
  });
  return { ...document, nodes: Object.fromEntries(nodes) };
}

async function templateNames(): Promise<readonly string[]> {
  const files = await readdir(workflowFolder).catch(() => []);
  return files
    .filter((file) => file.endsWith(".json") && !file.endsWith(".schema.json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

function pictureOf({ nodes }: WorkflowDocument): string | undefined {
  const paths = Object.values(nodes).flatMap((node) => Object.values(node.params ?? {}));
  return paths.find(
    (path): path is string => typeof path === "string" && path.startsWith(libraryPrefix),
  );
}
