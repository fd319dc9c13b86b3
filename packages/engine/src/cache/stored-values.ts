import { z } from "zod";
import type { SocketType, SocketValue } from "../sockets/socket-types.js";
import type { Tensor } from "../values/index.js";
import { isTensor } from "./leases.js";

const float32 = z.custom<Tensor<"float32">>(
  (value) => isTensor(value) && value.type === "float32",
  { error: "a float32 tensor" },
);

const image = z.strictObject({
  pixels: float32,
  alpha: float32.optional(),
  profile: z.strictObject({ icc: z.instanceof(Uint8Array) }).optional(),
  origin: z
    .strictObject({
      path: z.string().exactOptional(),
      bitDepth: z.union([z.literal(8), z.literal(16)]),
      gray: z.boolean(),
    })
    .optional(),
});

const latent = z.strictObject({
  samples: float32,
  space: z.string(),
  downscale: z.number(),
  pictureSize: z.strictObject({ width: z.number(), height: z.number() }).optional(),
});

const schedule = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("scalar"), timesteps: z.array(z.number()) }),
  z.strictObject({ kind: z.literal("map"), timesteps: z.array(float32) }),
]);

const sampler = z.strictObject({
  kind: z.enum(["ddim", "ddpm", "euler", "residual-shift"]),
  eta: z.number(),
});

const tiles = z.strictObject({
  layout: z.strictObject({
    width: z.number(),
    height: z.number(),
    tileWidth: z.number(),
    tileHeight: z.number(),
    overlap: z.number(),
    origins: z.array(z.strictObject({ x: z.number(), y: z.number() })),
  }),
  content: z.enum(["image", "latent"]),
  tiles: z.array(float32),
  source: z.union([image, latent]),
});

// Values that are infinite or no number at all are results too: the PSNR of equal pictures.
const anyNumber = z.custom<number>((value) => typeof value === "number");

/**
 * What values look like that can be written to a file, by socket type. The others (models and what
 * acts inside the sampling loop) hold functions. Fields that are not listed are refused, so that
 * none is lost in the file.
 */
const schemas: Readonly<Partial<Record<SocketType, z.ZodType<SocketValue>>>> = {
  IMAGE: image,
  MAP: z.strictObject({ values: float32 }),
  LATENT: latent,
  SCHEDULE: schedule,
  SAMPLER: sampler,
  TILES: tiles,
  METRICS: z.record(z.string(), anyNumber),
  TEXT: z.string(),
  NUMBER: anyNumber,
  INTEGER: anyNumber,
  BOOLEAN: z.boolean(),
};

/** Whether values of this socket type can be written to a file. */
export function isStorable(socket: SocketType): boolean {
  return schemas[socket] !== undefined;
}

/** The value, if it is one of this socket type that can be written to a file. */
export function asStorable(socket: SocketType, value: unknown): SocketValue | undefined {
  const parsed = schemas[socket]?.safeParse(value);
  return parsed?.success ? parsed.data : undefined;
}
