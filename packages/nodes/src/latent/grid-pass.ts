import {
  float32Tensor,
  type RunContext,
  type Tensor,
  type TensorProgram,
  type VaeValue,
} from "@diopter/engine";
import { reflectPad } from "./reflect-pad.js";
import { withSmallerTiles } from "./smaller-tiles.js";
import { latentLayout, leastTile, stopIfCancelled } from "./tile-layout.js";
import { runTiles } from "./tiled-pass.js";

/** A VAE's encoder or decoder over a picture or latent of any size. */
export interface GridPass {
  readonly vae: Pick<VaeValue, "receptiveField" | "downscale">;
  /** From input `source` to output `target`, for any batch and size. */
  readonly program: TensorProgram;
  /** float32 [N, planes, height, width]; mirrored to the right and below up to the grid. */
  readonly source: Tensor<"float32">;
  /** Of the latent, in elements. */
  readonly grid: { readonly width: number; readonly height: number };
  /** Elements of the source and of the target for each of the grid. */
  readonly sourceFactor: number;
  readonly targetFactor: number;
  /** What of the target is kept, from its left upper corner. */
  readonly target: { readonly planes: number; readonly width: number; readonly height: number };
  /** The side of the largest tile, in elements of the grid. */
  readonly tile: number;
}

/**
 * Runs the pass: at once where the grid is no larger than a tile, and tile by tile otherwise, with
 * smaller tiles where memory does not suffice.
 */
export function runGridPass(pass: GridPass, context: RunContext): Promise<Tensor<"float32">> {
  const { grid } = pass;
  const largest = Math.min(pass.tile, Math.max(grid.width, grid.height, leastTile));
  return withSmallerTiles(largest, leastTile, context, (tile) => {
    const fits = grid.width <= tile && grid.height <= tile;
    return fits && isExact(pass) ? runWhole(pass, context) : runInTiles(pass, tile, context);
  });
}

/** True when nothing has to be padded or cut off. */
function isExact({ source, grid, sourceFactor, targetFactor, target }: GridPass): boolean {
  return (
    source.shape[2] === grid.height * sourceFactor &&
    source.shape[3] === grid.width * sourceFactor &&
    target.height === grid.height * targetFactor &&
    target.width === grid.width * targetFactor
  );
}

async function runWhole(
  { program, source }: GridPass,
  { device, signal, progress }: RunContext,
): Promise<Tensor<"float32">> {
  const { target } = await device.run(program, { source }, { signal });
  progress(1, 1, "tile");
  return requireFloat32(target);
}

async function runInTiles(
  pass: GridPass,
  tile: number,
  context: RunContext,
): Promise<Tensor<"float32">> {
  const { source, target, grid, sourceFactor } = pass;
  const [batch = 1, planes = 1, height = 1, width = 1] = source.shape;
  const layout = latentLayout(grid.width, grid.height, tile, pass.vae);
  const total = batch * layout.origins.length;
  const pixels = await source.read();
  const size = target.planes * target.height * target.width;
  const result = new Float32Array(batch * size);
  for (let item = 0; item < batch; item += 1) {
    const area = planes * height * width;
    const data = pixels.subarray(item * area, (item + 1) * area);
    await runTiles({
      source: reflectPad(
        { data, planes, width, height },
        grid.width * sourceFactor,
        grid.height * sourceFactor,
      ),
      layout,
      sourceFactor,
      targetFactor: pass.targetFactor,
      target: { ...target, data: result.subarray(item * size, (item + 1) * size) },
      run: (data, columns, rows) =>
        runTile(pass.program, float32Tensor([1, planes, rows, columns], data), context),
      finished: (tiles) => context.progress(item * layout.origins.length + tiles, total, "tile"),
    });
  }
  return float32Tensor([batch, target.planes, target.height, target.width], result);
}

async function runTile(
  program: TensorProgram,
  source: Tensor<"float32">,
  { device, signal }: RunContext,
): Promise<Float32Array> {
  stopIfCancelled(signal);
  const { target } = await device.run(program, { source }, { signal });
  const tensor = requireFloat32(target);
  const data = await tensor.read();
  tensor.dispose();
  return data;
}

/** A program's output, which is there and float32 because the program says so. */
export function requireFloat32(tensor: Tensor | undefined): Tensor<"float32"> {
  if (tensor !== undefined && isFloat32(tensor)) return tensor;
  throw new RangeError("The program did not give the float32 tensor that it declares.");
}

function isFloat32(tensor: Tensor): tensor is Tensor<"float32"> {
  return tensor.type === "float32";
}
