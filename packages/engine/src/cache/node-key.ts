import { createHash } from "node:crypto";
import type { ParameterValue } from "../nodes/params.js";

/** Everything that a node's result depends on. Ids and positions are deliberately not part of it. */
export interface NodeKeyParts {
  readonly type: string;
  readonly version: number;
  /** All parameters, defaults filled in. */
  readonly params: Readonly<Record<string, ParameterValue>>;
  /**
   * For each wired input the key of the value that arrives (see {@link outputKey}); for an input
   * that collects, the keys in order.
   */
  readonly inputKeys: Readonly<Record<string, string | readonly string[]>>;
  /** For each file parameter the hash of the content: it stands in for the path. */
  readonly fileHashes?: Readonly<Record<string, string>> | undefined;
}

/** Raised when the meaning of keys or of cached values changes, so that old entries are not found. */
const keyVersion = "diopter-key-1";

/**
 * The Merkle key of a node: SHA-256, 64 hexadecimal digits. Equal keys promise equal outputs. The
 * order in which parameters and inputs are listed does not matter; the order within a list does.
 */
export function nodeKey(parts: NodeKeyParts): string {
  const files = parts.fileHashes ?? {};
  const params = Object.entries(parts.params).filter(([name]) => !Object.hasOwn(files, name));
  const content = [
    keyVersion,
    parts.type,
    parts.version,
    sorted(params),
    sorted(Object.entries(parts.inputKeys)),
    sorted(Object.entries(files)),
  ];
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

/** The key of one output, or of one item of an output that begins an iteration. */
export function outputKey(key: string, output: string, item?: number): string {
  return item === undefined ? `${key}.${output}` : `${key}.${output}[${item}]`;
}

function sorted<T>(entries: readonly (readonly [string, T])[]): readonly (readonly [string, T])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
}
