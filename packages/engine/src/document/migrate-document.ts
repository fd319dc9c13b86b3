import { DiopterError } from "../errors/index.js";
import { documentVersion } from "./types.js";

/** A document of some version, before its structure is checked. */
export type RawDocument = Readonly<Record<string, unknown>>;

/** Brings a document from version n to n + 1. Pure; never loses what it does not know. */
export type DocumentMigration = (document: RawDocument) => RawDocument;

/** Key n brings version n to version n + 1. Version 1 is the first that was ever written. */
export const documentMigrations: Readonly<Record<number, DocumentMigration>> = {};

/** Told of every migration that is applied: `document` or a node type, and the version it left. */
export type MigrationListener = (subject: string, from: number) => void;

/**
 * Brings a document to the version that this program writes.
 * @throws DiopterError `document/invalid` without a version, `document/newer-version` for one that
 * a later program wrote.
 */
export function migrateDocument(
  document: RawDocument,
  listener?: MigrationListener,
  migrations: Readonly<Record<number, DocumentMigration>> = documentMigrations,
  target: number = documentVersion,
): RawDocument {
  let version = versionOf(document);
  if (version > target) throw newerVersion(version, target);
  let current = document;
  for (; version < target; version++) {
    const migrate = migrations[version];
    if (migrate === undefined) throw new RangeError(`Nothing migrates documents of ${version}.`);
    listener?.("document", version);
    current = { ...migrate(current), diopter: version + 1 };
  }
  return current;
}

function versionOf(document: RawDocument): number {
  const version = document.diopter;
  if (typeof version === "number" && Number.isInteger(version) && version >= 1) return version;
  throw new DiopterError("document/invalid", {
    message: "This is not a Diopter workflow: it does not say its version.",
    remedy: `Begin it with "diopter": ${documentVersion}.`,
    path: "/diopter",
  });
}

function newerVersion(version: number, target: number): DiopterError {
  return new DiopterError("document/newer-version", {
    message: `The workflow has format ${version}, and this program reads formats up to ${target}.`,
    remedy: "Update Diopter.",
    path: "/diopter",
  });
}
