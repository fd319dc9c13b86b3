import { z } from "zod";
import { workflowContentSchema } from "./jobs.js";

/** Ports that a call of a workflow has, by name. */
const calledPorts = z.record(z.string(), z.object({ socket: z.string(), optional: z.boolean() }));

export const workflowListSchema = z
  .object({
    workflows: z.array(
      z.object({
        /** Its path in the library without `.json`, with forward slashes. */
        id: z.string(),
        name: z.string(),
        /** Milliseconds since 1970. */
        modified: z.number(),
        description: z.string().exactOptional(),
        /** What it takes and gives as a node of another workflow; absent where it does neither. */
        ports: z.object({ inputs: calledPorts, outputs: calledPorts }).exactOptional(),
      }),
    ),
  })
  .meta({ id: "WorkflowList" });

export const savedWorkflowSchema = z
  .object({ id: z.string(), modified: z.number() })
  .meta({ id: "SavedWorkflow" });

export const templateListSchema = z
  .object({
    templates: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        description: z.string().exactOptional(),
        /** A path for GET /files. */
        picture: z.string().exactOptional(),
      }),
    ),
  })
  .meta({ id: "TemplateList" });

/** The answer to GET /workflows/{id} and GET /templates/{id}: the document itself. */
export const workflowAnswerSchema = workflowContentSchema;

export const uploadedSchema = z
  .object({
    /** What a file parameter of a document in the library's root is given. */
    path: z.string(),
    width: z.int(),
    height: z.int(),
    bytes: z.int(),
  })
  .meta({ id: "Uploaded" });

export const pictureListSchema = z
  .object({
    files: z.array(
      z.object({
        path: z.string(),
        bytes: z.int(),
        /** Milliseconds since 1970. */
        modified: z.number(),
      }),
    ),
  })
  .meta({ id: "PictureList" });

export const uploadQuerySchema = z.strictObject({
  /** The file's name, where the body is the picture itself. */
  name: z.string().min(1).max(200).optional(),
});

/** `webp;80`: a smaller copy in this format and quality. */
const preview = z.string().regex(/^(webp|jpeg|png)(;([1-9][0-9]?|100))?$/);
const size = z.coerce.number().int().min(16).max(4096);

export const pictureQuerySchema = z.strictObject({
  preview: preview.optional(),
  /** The longer side in pixels at most. */
  size: size.optional(),
});

export const fileQuerySchema = z.strictObject({
  path: z.string().min(1).max(1000),
  preview: preview.optional(),
  size: size.optional(),
});

export const convertedSchema = z
  .object({
    workflow: workflowContentSchema,
    /** What could not be carried over as it was. */
    notes: z.array(z.string()),
  })
  .meta({ id: "ConvertedWorkflow" });

/** A ComfyUI prompt or UI workflow, or an object that holds one as `prompt` or `workflow`. */
export const comfyuiImportSchema = z.record(z.string(), z.unknown());

export const comfyuiExportSchema = z.strictObject({ workflow: workflowContentSchema });

export const comfyuiExportedSchema = z
  .object({
    prompt: z.record(z.string(), z.unknown()),
    workflow: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "ComfyuiExport" });
