import { stat } from "node:fs/promises";
import { readablePath } from "@diopter/engine";
import { libraryPath, listPictures } from "../../library/index.js";
import {
  fileQuerySchema,
  pictureListSchema,
  uploadedSchema,
  uploadQuerySchema,
} from "../../protocol/index.js";
import type { Services } from "../../services.js";
import { receiveFile } from "../receive-upload.js";
import { notFound } from "../request-errors.js";
import { bare, type Route, route } from "../route.js";
import { mediaType, sendFile } from "../send-file.js";

/** Pictures of the library. */
export function fileRoutes({ folders, uploads, settings }: Services): readonly Route[] {
  return [
    route({
      ...bare,
      query: uploadQuerySchema,
      method: "post",
      path: "/uploads",
      tag: "files",
      summary: "Stores a picture: the form's `file`, or the body itself.",
      takes: ["multipart/form-data", "image/*", "application/octet-stream"],
      answer: uploadedSchema,
      status: 201,
      handle: async ({ request, query }) => {
        const isForm = request.is("multipart/form-data") !== false;
        const { path, width, height, bytes } = isForm
          ? (await receiveFile(request, "file", ({ stream, name }) => uploads.add(stream, name)))
              .taken
          : await uploads.add(request, query.name ?? "picture");
        return { path, width, height, bytes };
      },
    }),
    route({
      ...bare,
      method: "get",
      path: "/uploads",
      tag: "files",
      summary: "Uploaded pictures and examples, the newest first.",
      answer: pictureListSchema,
      handle: async () => ({
        files: await listPictures(folders.library, ["uploads", "examples"]),
      }),
    }),
    route({
      ...bare,
      query: fileQuerySchema,
      method: "get",
      path: "/files",
      tag: "files",
      summary: "A picture of the library, or a smaller copy of it.",
      gives: ["image/*"],
      handle: async ({ query, response }) => {
        const reach = { base: folders.library, readable: [], output: folders.library };
        const path = readablePath(reach, libraryPath(query.path));
        const type = mediaType(path);
        const found = await stat(path).catch(() => undefined);
        if (found?.isFile() !== true || !type.startsWith("image/")) {
          throw notFound(`There is no picture "${query.path}".`);
        }
        const picture = { preview: query.preview, size: query.size };
        const maxPixels = settings.uploadPixels;
        return sendFile(response, { path, type, picture, maxPixels, immutable: false });
      },
    }),
  ];
}
