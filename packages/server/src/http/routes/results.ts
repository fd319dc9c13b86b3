import { pictureQuerySchema } from "../../protocol/index.js";
import type { Services } from "../../services.js";
import { notFound } from "../request-errors.js";
import { bare, type Route, route } from "../route.js";
import { mediaType, sendFile } from "../send-file.js";

/** What jobs have made. */
export function resultRoutes({ results, settings }: Services): readonly Route[] {
  return ["/results/{hash}", "/results/{hash}/{name}"].map((path) =>
    route({
      ...bare,
      query: pictureQuerySchema,
      method: "get",
      path,
      tag: "results",
      summary: "Bytes that a job made, or a smaller copy of the picture; never changes.",
      gives: ["image/*", "application/octet-stream"],
      handle: async ({ params: { hash = "", name = "" }, query, response }) => {
        const found = await results.find(hash);
        if (found === undefined) throw notFound("There is no such result.");
        return sendFile(response, {
          path: found,
          type: mediaType(name),
          picture: query,
          maxPixels: settings.uploadPixels,
          immutable: true,
        });
      },
    }),
  );
}
