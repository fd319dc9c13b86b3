import { findDuplicateKey } from "./duplicate-keys.js";
import { SafetensorsError } from "./errors.js";

/** The header's object; refuses text that is not JSON, not an object, or has a key twice. */
export function parseHeaderJson(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const json = decode(bytes);
  const parsed = parse(json);
  if (!isRecord(parsed) || !json.startsWith("{"))
    throw new SafetensorsError("not-an-object", "the header is not an object");
  const duplicate = findDuplicateKey(json);
  if (duplicate === undefined) return parsed;
  throw new SafetensorsError("duplicate-key", `the header has "${duplicate}" twice`);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new SafetensorsError("invalid-json", "the header is not UTF-8", { cause });
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new SafetensorsError("invalid-json", "the header is not JSON", { cause });
  }
}
