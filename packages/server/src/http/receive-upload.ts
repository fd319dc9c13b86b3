import type { Readable } from "node:stream";
import { toDiopterError } from "@diopter/engine";
import busboy, { type Busboy } from "busboy";
import type { Request } from "express";
import { invalidRequest } from "./request-errors.js";

/** A file that arrives, and the fields that came before it. */
export interface ReceivedFile {
  readonly stream: Readable;
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Hands on the one file of a multipart form, under the name of its field, while it arrives; fields
 * that come after it are in what this resolves to.
 * @throws DiopterError `request/invalid`, and whatever `take` rejects with.
 */
export async function receiveFile<T>(
  request: Request,
  field: string,
  take: (file: ReceivedFile) => Promise<T>,
): Promise<{ readonly taken: T; readonly fields: Readonly<Record<string, string>> }> {
  const fields: Record<string, string> = {};
  const parser = openParser(request);
  let taking: Promise<T> | undefined;
  await new Promise<void>((resolve, reject) => {
    parser.on("field", (name, value) => {
      fields[name] = value;
    });
    parser.on("file", (name, stream, { filename }) => {
      if (name !== field || taking !== undefined) {
        stream.resume();
        return;
      }
      taking = take({ stream, name: filename ?? "", fields });
      taking.catch(reject);
    });
    parser.on("error", reject);
    parser.on("close", resolve);
    request.on("aborted", () => reject(invalidRequest("The upload broke off.", "Send it again.")));
    request.pipe(parser);
  }).catch((thrown: unknown) => {
    request.unpipe(parser);
    request.resume();
    throw toDiopterError(thrown, "request/invalid", "Send a well-formed multipart form.");
  });
  if (taking === undefined) {
    throw invalidRequest(`The form has no file "${field}".`, `Send the picture as "${field}".`);
  }
  return { taken: await taking, fields };
}

function openParser(request: Request): Busboy {
  const limits = { fields: 20, fieldSize: 2 ** 20, files: 2, parts: 30, headerPairs: 50 };
  try {
    return busboy({ headers: request.headers, limits, defParamCharset: "utf8" });
  } catch {
    throw invalidRequest("The form cannot be read.", "Send multipart/form-data.");
  }
}
