import { z } from "zod";

const port = z.looseObject({ socket: z.string() });
const parameter = z.looseObject({ kind: z.string() });

/** A node type as plain data: see NodeDescriptor of the engine. */
export const nodeDescriptorSchema = z
  .looseObject({
    type: z.string(),
    subject: z.string(),
    package: z.string().exactOptional(),
    version: z.int(),
    title: z.string(),
    help: z.string(),
    source: z.string().exactOptional(),
    kind: z.enum(["graph", "run"]),
    inputs: z.record(z.string(), port),
    params: z.record(z.string(), parameter),
    outputs: z.record(z.string(), port),
    sideEffect: z.boolean(),
    deterministic: z.boolean(),
  })
  .meta({ id: "NodeDescriptor" });

export const nodeListSchema = z
  .object({
    nodes: z.array(nodeDescriptorSchema),
    /** By name: colour and description of every socket type. */
    sockets: z.record(z.string(), z.looseObject({})),
    /** Changes when a node type does. */
    hash: z.string(),
  })
  .meta({ id: "NodeList" });

export const modelListSchema = z
  .object({
    models: z.array(
      z.object({
        /** What a file parameter is given: a name of one that ships, or a path in the library. */
        name: z.string(),
        bytes: z.int(),
        ships: z.boolean(),
      }),
    ),
  })
  .meta({ id: "ModelList" });

export const deviceListSchema = z
  .object({
    devices: z.array(
      z.object({
        /** The name that the configuration gives: auto, cpu, webgpu or cuda. */
        name: z.string(),
        state: z.enum(["stopped", "starting", "idle", "busy", "waiting"]),
        /** Once it has started: which device it is. */
        id: z.string().exactOptional(),
        description: z.string().exactOptional(),
        reason: z.string().exactOptional(),
        memoryBudget: z.number().exactOptional(),
        /** Resident bytes of its process. */
        resident: z.number().exactOptional(),
        restarts: z.int(),
        job: z.string().exactOptional(),
        error: z.string().exactOptional(),
      }),
    ),
  })
  .meta({ id: "DeviceList" });
export type DeviceState = z.infer<typeof deviceListSchema>["devices"][number];

export const healthSchema = z
  .object({ status: z.enum(["ok", "stopping"]), version: z.string(), ready: z.boolean() })
  .meta({ id: "Health" });

export const freedSchema = z
  .object({
    /** Resident bytes of all runners, before and after. */
    before: z.number(),
    after: z.number(),
  })
  .meta({ id: "Freed" });
