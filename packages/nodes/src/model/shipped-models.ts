import { fileURLToPath } from "node:url";

/** The models that ship lie in `models/` beside `packages/`, or where this variable says. */
const folder =
  process.env.DIOPTER_MODELS ?? fileURLToPath(new URL("../../../../models", import.meta.url));

const locate = (name: string): readonly [string, string] => [name, `${folder}/${name}.safetensors`];

/** Names that stand for the autoencoders that ship, with their files. */
export const shippedVaes: Readonly<Record<string, string>> = Object.fromEntries(
  ["vae", "vae-small", "vae-tiny"].map(locate),
);

/** Names that stand for the denoisers that ship, with their files. */
export const shippedDenoisers: Readonly<Record<string, string>> = Object.fromEntries(
  ["denoiser", "denoiser-detail", "denoiser-tiny"].map(locate),
);

/** Names that stand for the gain regressors that ship, with their files. */
export const shippedGains: Readonly<Record<string, string>> = Object.fromEntries(
  ["gain"].map(locate),
);

/** Names that stand for the injections that ship, with their files. */
export const shippedInjections: Readonly<Record<string, string>> = Object.fromEntries(
  ["injection-pfj", "injection-concat", "injection-cross-attention"].map(locate),
);

/** All models that ship, by name. */
export const shippedModels: Readonly<Record<string, string>> = {
  ...shippedVaes,
  ...shippedDenoisers,
  ...shippedGains,
  ...shippedInjections,
};
