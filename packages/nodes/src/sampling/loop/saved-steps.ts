import type { NodeState, RunContext, Tensor } from "@diopter/engine";

/** How far a picture has come, between two steps. */
export interface StepsSoFar {
  /** Steps that are done. */
  readonly step: number;
  /** Side of the tiles, in latent elements: memory may have made them smaller. */
  readonly tile: number;
  /** The latent after these steps. */
  readonly state: Tensor<"float32">;
}

type Context = Pick<RunContext, "state" | "signal">;

/**
 * What an earlier run of the same work has saved of a picture.
 * @param name tells pictures of a batch apart.
 * @returns undefined where nothing was saved that fits.
 */
export async function loadSteps(
  { state }: Context,
  name: string,
  shape: readonly number[],
): Promise<StepsSoFar | undefined> {
  const saved = await state?.load(name);
  const latent = saved?.tensors.latent;
  const step = readCount(saved?.values, "step");
  const tile = readCount(saved?.values, "tile");
  if (latent === undefined || step === undefined || tile === undefined) return undefined;
  return latent.shape.join() === shape.join() ? { step, tile, state: latent } : undefined;
}

/** Saves where it is time to, or where the run is about to be given up. */
export async function saveSteps(
  { state, signal }: Context,
  name: string,
  { step, tile, state: latent }: StepsSoFar,
): Promise<void> {
  if (step === 0 || state === undefined || !(state.isDue || signal.aborted)) return;
  await state.save(name, { values: { step, tile }, tensors: { latent } });
}

/** The finished tiles of a picture that is sampled tile by tile, in order. */
export interface TilesSoFar {
  readonly tile: number;
  readonly ends: readonly Tensor<"float32">[];
}

/** See {@link loadSteps}; tiles of another side, or none, are worth nothing. */
export async function loadTiles(state: NodeState | undefined, name: string): Promise<TilesSoFar> {
  const saved = await state?.load(name);
  const tile = readCount(saved?.values, "tile");
  const ends: Tensor<"float32">[] = [];
  for (;;) {
    const end = saved?.tensors[`tile${ends.length}`];
    if (end === undefined) break;
    ends.push(end);
  }
  return tile === undefined ? { tile: 0, ends: [] } : { tile, ends };
}

/** See {@link saveSteps}. */
export async function saveTiles(
  { state, signal }: Context,
  name: string,
  { tile, ends }: TilesSoFar,
): Promise<void> {
  if (ends.length === 0 || state === undefined || !(state.isDue || signal.aborted)) return;
  const tensors = Object.fromEntries(ends.map((end, index) => [`tile${index}`, end]));
  await state.save(name, { values: { tile }, tensors });
}

function readCount(values: unknown, name: "step" | "tile"): number | undefined {
  if (typeof values !== "object" || values === null || !(name in values)) return undefined;
  const count: unknown = Reflect.get(values, name);
  return typeof count === "number" && Number.isSafeInteger(count) && count > 0 ? count : undefined;
}
