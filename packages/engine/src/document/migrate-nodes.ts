import { DiopterError, toDiopterError } from "../errors/index.js";
import type { NodeDefinition, NodeMigration } from "../nodes/define-node.js";
import type { NodeRegistry } from "../nodes/registry.js";
import type { MigrationListener } from "./migrate-document.js";
import { isWire, type Wire, type WorkflowDocument, type WorkflowNode } from "./types.js";

type Names = Readonly<Record<string, string>>;

interface MigratedNode {
  readonly node: WorkflowNode;
  readonly outputs: Names;
  readonly params: Names;
}

/**
 * Brings every node of a known type to the version of its definition: parameters, renamed inputs,
 * and where outputs or parameters were renamed also the wires and public names that use them. Nodes
 * of unknown types, and nodes that are newer than their definition, stay as they are.
 * @throws DiopterError `document/invalid` at the node whose migration failed.
 */
export function migrateNodes(
  document: WorkflowDocument,
  registry: NodeRegistry,
  listener?: MigrationListener,
): WorkflowDocument {
  const migrated = new Map<string, MigratedNode>();
  for (const [id, node] of Object.entries(document.nodes)) {
    const definition = Object.hasOwn(registry, node.type) ? registry[node.type] : undefined;
    if (definition === undefined || node.version >= definition.version) continue;
    migrated.set(id, migrateNode(id, node, definition, listener));
  }
  if (migrated.size === 0) return document;
  const nodes = Object.entries(document.nodes).map(([id, node]) => [
    id,
    renameWires(migrated.get(id)?.node ?? node, migrated),
  ]);
  return {
    ...document,
    nodes: Object.fromEntries(nodes),
    ...(document.interface === undefined
      ? {}
      : { interface: renameTargets(document.interface, migrated) }),
  };
}

function migrateNode(
  id: string,
  original: WorkflowNode,
  definition: NodeDefinition,
  listener?: MigrationListener,
): MigratedNode {
  let current: MigratedNode = { node: original, outputs: {}, params: {} };
  for (let version = original.version; version < definition.version; version++) {
    const migration = definition.migrations?.[version];
    if (migration === undefined) throw missingMigration(id, definition, version);
    listener?.(definition.type, version);
    try {
      current = applyMigration(current, migration, version + 1);
    } catch (thrown) {
      throw toDiopterError(
        thrown,
        "document/invalid",
        `Set the parameters of this node again; they were saved for version ${version}.`,
      ).at(id);
    }
  }
  return current;
}

function applyMigration(
  { node, outputs, params }: MigratedNode,
  migration: NodeMigration,
  version: number,
): MigratedNode {
  const renamed = renameKeys(node.params ?? {}, migration.renamedParams ?? {});
  return {
    node: {
      ...node,
      version,
      params: scalars(migration.params(renamed)),
      ...(node.inputs === undefined
        ? {}
        : { inputs: renameKeys(node.inputs, migration.renamedInputs ?? {}) }),
    },
    outputs: followed(outputs, migration.renamedOutputs ?? {}),
    params: followed(params, migration.renamedParams ?? {}),
  };
}

/** Earlier renamings, followed by later ones. */
function followed(earlier: Names, later: Names): Names {
  const result: Record<string, string> = { ...later };
  for (const [from, to] of Object.entries(earlier)) result[from] = later[to] ?? to;
  return result;
}

function renameKeys<T>(record: Readonly<Record<string, T>>, names: Names): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [renamedName(names, key), value]),
  );
}

function renamedName(names: Names, name: string): string {
  return (Object.hasOwn(names, name) ? names[name] : undefined) ?? name;
}

function scalars(params: Readonly<Record<string, unknown>>) {
  const result: Record<string, number | string | boolean> = {};
  for (const [name, value] of Object.entries(params)) {
    const kind = typeof value;
    if (typeof value !== "number" && typeof value !== "string" && typeof value !== "boolean") {
      throw new TypeError(`The migration gave "${name}" a value of type ${kind}.`);
    }
    result[name] = value;
  }
  return result;
}

function renameWires(node: WorkflowNode, migrated: ReadonlyMap<string, MigratedNode>) {
  if (node.inputs === undefined) return node;
  const rename = ([source, output]: Wire): Wire => [
    source,
    renamedName(migrated.get(source)?.outputs ?? {}, output),
  ];
  const inputs = Object.entries(node.inputs).map(([name, wired]) => [
    name,
    isWire(wired) ? rename(wired) : wired.map(rename),
  ]);
  return { ...node, inputs: Object.fromEntries(inputs) };
}

function renameTargets(targets: Names, migrated: ReadonlyMap<string, MigratedNode>): Names {
  return Object.fromEntries(
    Object.entries(targets).map(([name, target]) => {
      const [node = "", param = ""] = target.split(".");
      return [name, `${node}.${renamedName(migrated.get(node)?.params ?? {}, param)}`];
    }),
  );
}

function missingMigration(id: string, definition: NodeDefinition, version: number): DiopterError {
  return new DiopterError("document/invalid", {
    message: `"${definition.type}" cannot read what its version ${version} saved.`,
    remedy: "Replace the node by a new one of the same type.",
    node: id,
    path: `/nodes/${id}/version`,
  });
}
