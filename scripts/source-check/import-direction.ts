import { posix } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { lineAt, type SourceFile, type Violation } from "./violation.js";

/** What each package may import, by name; a package not listed here may not exist. */
const allowedImports: Readonly<Record<string, readonly string[]>> = {
  onnx: ["@diopter/onnx"],
  engine: ["@diopter/engine", "@diopter/onnx"],
  nodes: ["@diopter/nodes", "@diopter/engine", "@diopter/onnx"],
  laboratory: ["@diopter/laboratory", "@diopter/nodes", "@diopter/engine", "@diopter/onnx"],
  server: ["@diopter/server", "@diopter/nodes", "@diopter/engine", "@diopter/onnx"],
  cli: [
    "diopter",
    "@diopter/server",
    "@diopter/laboratory",
    "@diopter/nodes",
    "@diopter/engine",
    "@diopter/onnx",
  ],
  // Subpaths that hold plain data and pure functions: a browser loads them.
  editor: ["@diopter/editor", "@diopter/engine/editing", "@diopter/server/protocol"],
};

const isOurs = (specifier: string): boolean => /^(@diopter\/|diopter(\/|$))/.test(specifier);

const isWithin = (specifier: string, name: string): boolean =>
  specifier === name || specifier.startsWith(`${name}/`);

interface Import {
  readonly specifier: string;
  readonly offset: number;
}

const importsOf = ({ path, text }: SourceFile): Import[] => {
  const imports: Import[] = [];
  const add = (source: { value: unknown; start: number } | null) => {
    if (typeof source?.value === "string")
      imports.push({ specifier: source.value, offset: source.start });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ImportExpression: (node) => {
      if (node.source.type === "Literal") add(node.source);
    },
    TSImportType: (node) => add(node.source),
  }).visit(parseSync(path, text).program);
  return imports;
};

const complaint = (path: string, packageName: string, specifier: string): string | undefined => {
  if (specifier.startsWith(".")) {
    const target = posix.join(posix.dirname(path), specifier);
    if (isWithin(target, `packages/${packageName}`)) return undefined;
    return `relative import leaves packages/${packageName}`;
  }
  if (packageName === "editor" && isWithin(specifier, "onnxruntime-node"))
    return "the editor runs in a browser and never sees ONNX Runtime";
  if (!isOurs(specifier)) return undefined;
  const allowed = allowedImports[packageName];
  if (allowed === undefined) return `packages/${packageName} has no place in the import order`;
  if (allowed.some((name) => isWithin(specifier, name))) return undefined;
  return `packages/${packageName} may not import ${specifier}`;
};

/** Imports go one way: onnx ← engine ← nodes ← server and laboratory ← cli; the editor sees descriptions only. */
export const checkImportDirection = (file: SourceFile): Violation[] => {
  const packageName = /^packages\/([^/]+)\//.exec(file.path)?.[1];
  if (packageName === undefined) return [];
  return importsOf(file).flatMap(({ specifier, offset }) => {
    const message = complaint(file.path, packageName, specifier);
    return message === undefined
      ? []
      : [{ path: file.path, line: lineAt(file.text, offset), message }];
  });
};
