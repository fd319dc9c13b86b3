import type { Request } from "express";
import { receiveFile } from "../http/receive-upload.js";
import type { Services } from "../services.js";

const isTrue = (text: string | undefined) => text === "true" || text === "1";

/**
 * POST /upload/image. What `type` says does not matter: all pictures lie among the uploads.
 * @throws DiopterError `file/outside` for a subfolder that is not within.
 */
export async function uploadPicture({ uploads }: Services, request: Request) {
  let given = "";
  const { taken, fields } = await receiveFile(request, "image", ({ stream, name }) => {
    given = name;
    return uploads.add(stream, name);
  });
  // Some clients say after the picture where it is to lie, and whether it replaces another.
  const { subfolder = "", overwrite } = fields;
  const isAsWanted = subfolder === "" && !isTrue(overwrite);
  const placed = isAsWanted
    ? { ...taken, subfolder: "" }
    : await uploads.place(taken, given, { subfolder, overwrite: isTrue(overwrite) });
  return { name: placed.name, subfolder: placed.subfolder, type: "input" };
}
