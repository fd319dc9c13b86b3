import type { GraphProto, TensorProto } from "../generated/onnx_pb.js";
import { innerGraphs, walkNodes } from "./graph-walk.js";

/** A file that a model's initializers point into. */
export interface ExternalFile {
  /** What the model calls it: its path from the model's folder, with forward slashes. */
  readonly location: string;
  readonly path: string;
}

export interface ExternalFiles {
  /** The folder that holds all the files: the one that a session must look in. Undefined without files. */
  readonly folder: string | undefined;
  readonly files: readonly ExternalFile[];
}

/** Every initializer that lies in a file, of inner graphs too. */
export function externalTensors(graph: GraphProto): TensorProto[] {
  const inner = [...walkNodes(graph)].flatMap(innerGraphs);
  return [graph, ...inner].flatMap(({ initializer }) =>
    initializer.filter(({ externalData }) => externalData.length > 0),
  );
}

/** Turns the tensors' paths into locations below the files' common folder, in place. */
export function relocateExternalFiles(graph: GraphProto): ExternalFiles {
  const entries = externalTensors(graph).flatMap(({ externalData }) =>
    externalData.filter(({ key }) => key === "location"),
  );
  const paths = [...new Set(entries.map(({ value }) => value))];
  const [first] = paths;
  if (first === undefined) return { folder: undefined, files: [] };
  const shared = paths.map(folderSegments).reduce(commonStart);
  const files = paths.map((path) => ({
    path,
    location: path.split(/[\\/]/).slice(shared.length).join("/"),
  }));
  const locations = new Map(files.map(({ path, location }) => [path, location]));
  for (const entry of entries) entry.value = locations.get(entry.value) ?? entry.value;
  const length = shared.reduce((sum, segment) => sum + segment.length + 1, 0);
  return { folder: first.slice(0, Math.max(length - 1, 0)) || (length > 0 ? "/" : "."), files };
}

function folderSegments(path: string): string[] {
  return path.split(/[\\/]/).slice(0, -1);
}

function commonStart(left: readonly string[], right: readonly string[]): string[] {
  const end = left.findIndex((segment, index) => segment !== right[index]);
  return left.slice(0, end < 0 ? left.length : end);
}
