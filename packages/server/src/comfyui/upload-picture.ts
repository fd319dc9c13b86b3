import { DiopterError } from "@diopter/engine";
import type { Request } from "express";
import { receiveFile } from "../http/receive-upload.js";
import type { Services } from "../services.js";

const isTrue = (text: string | undefined) => text === "true" || text === "1";

/**
 * POST /upload/image. All pictures lie in one folder, whatever `type` and `subfolder` say; the
 * answer says under which name.
 */
export async function uploadPicture({ uploads }: Services, request: Request) {
  let given = "";
  let isReplaced = false;
  const { taken, fields } = await receiveFile(
    request,
    "image",
    ({ stream, name, fields: before }) => {
      given = name;
      requirePlain(before.subfolder ?? "");
      isReplaced = isTrue(before.overwrite);
      return uploads.add(stream, name, isReplaced);
    },
  );
  requirePlain(fields.subfolder ?? "");
  // Some clients say after the picture that it is to replace the one of its name.
  const isLate = isTrue(fields.overwrite) && !isReplaced;
  const { name } = isLate ? await uploads.replace(taken, given) : taken;
  return { name, subfolder: "", type: "input" };
}

function requirePlain(subfolder: string): void {
  const parts = subfolder.split(/[\\/]/);
  if (!parts.includes("..") && !/^[\\/]/.test(subfolder)) return;
  throw new DiopterError("file/outside", {
    message: "The subfolder leads out of the folder.",
    remedy: "Leave it out.",
  });
}
