import { type ErrorCode, type ErrorDescription, errorCodes } from "@diopter/engine/errors";
import { z } from "zod";

const errorCodeSchema = z
  .custom<ErrorCode>((value) => typeof value === "string" && Object.hasOwn(errorCodes, value))
  .meta({ type: "string", enum: Object.keys(errorCodes) });

/** What is wrong and what to do about it; the same sentence everywhere. */
export const errorDescriptionSchema: z.ZodType<ErrorDescription> = z
  .object({
    code: errorCodeSchema,
    message: z.string(),
    remedy: z.string(),
    node: z.string().exactOptional(),
    port: z.string().exactOptional(),
    path: z.string().exactOptional(),
  })
  .meta({ id: "Error" });

/** The body of every answer that is not a success. */
export const errorAnswerSchema = z
  .object({ error: errorDescriptionSchema })
  .meta({ id: "ErrorAnswer" });
