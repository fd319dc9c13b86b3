import { DiopterError, type RunContext } from "@diopter/engine";

/**
 * Attempts a tiled pass, and again with tiles of half the side where the device's memory did not
 * suffice; the context is told.
 * @param tile the side to begin with, in latent elements.
 * @throws whatever `attempt` throws, also `device/out-of-memory` when tiles of `least` do not fit.
 */
export async function withSmallerTiles<T>(
  tile: number,
  least: number,
  context: Pick<RunContext, "note" | "device">,
  attempt: (tile: number) => Promise<T>,
): Promise<T> {
  for (let side = tile; ; ) {
    try {
      return await attempt(side);
    } catch (thrown) {
      if (!DiopterError.is(thrown) || thrown.code !== "device/out-of-memory") throw thrown;
      const half = Math.max(Math.floor(side / 2), least);
      if (half >= side) throw thrown;
      context.note(
        `${context.device.description} ran out of memory with tiles of ${side} latent elements; ` +
          `tiles of ${half} are used.`,
      );
      await context.device.trim();
      side = half;
    }
  }
}
