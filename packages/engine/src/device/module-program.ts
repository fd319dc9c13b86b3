import type { TensorModule } from "../values/index.js";
import type { TensorProgram } from "./device.js";

/**
 * A module alone as a program, whose inputs and outputs bear the module's names, all float32.
 *
 * @param shapes - the shape of each input: numbers, or symbols for sizes that differ from run to
 * run. Inputs that share a symbol must agree in that size.
 *
 * @example
 * const decode = moduleProgram(vae.decoder, { latent: ["batch", vae.channels, "height", "width"] });
 * const outputs = await device.run(decode, { latent: latent.samples }, { signal });
 * const pixels = float32Output(outputs, "image");
 */
export function moduleProgram(
  module: TensorModule,
  shapes: Readonly<Record<string, readonly (number | string)[]>>,
): TensorProgram {
  const entries = Object.entries(shapes).sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    key: `module ${JSON.stringify([module.key, entries])}`,
    build(graph) {
      const inputs = entries.map(([name, shape]) => [name, graph.input(name, "float32", shape)]);
      const outputs = module.build(graph, Object.fromEntries(inputs));
      for (const [name, value] of Object.entries(outputs)) graph.output(name, value);
    },
  };
}
