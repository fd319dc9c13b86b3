import { DiopterError } from "@diopter/engine";
import type { Request } from "express";

/** A whole body. @throws DiopterError `request/too-large`. */
export async function receiveBytes(request: Request, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > most) {
      throw new DiopterError("request/too-large", {
        message: "The file is larger than the server takes.",
        remedy: `Send at most ${most} bytes.`,
      });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
