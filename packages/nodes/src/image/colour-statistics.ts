import type { GraphScope, Value } from "@diopter/onnx";

type Picture = Value<"float32">;

const levels = 5;
const kernel = Float32Array.of(1, 2, 1, 2, 4, 2, 1, 2, 1).map((weight) => weight / 16);

/**
 * What is left of a picture [N, 3, H, W] after five blurs by [1 2 1]⊗[1 2 1]/16, dilated by 1, 2,
 * 4, 8 and 16, with the edge repeated. Linear in the picture.
 */
export function lowFrequencies(graph: GraphScope, picture: Picture): Picture {
  const weight = graph.constant(Float32Array.of(...kernel, ...kernel, ...kernel), [3, 1, 3, 3]);
  let low = picture;
  for (let level = 0; level < levels; level += 1) {
    const radius = 2 ** level;
    const margin = [0, 0, radius, radius];
    const padded = graph.pad(low, margin, margin, { mode: "edge" });
    low = graph.conv(padded, weight, { group: 3, dilations: radius });
  }
  return low;
}

/**
 * (x − μ)/s·s_ref + μ_ref per picture and channel, s² the unbiased variance + 1e-5.
 * @param picture [N, 3, H, W]; the reference may have another height and width.
 */
export function adaptiveNormalisation(
  graph: GraphScope,
  picture: Picture,
  reference: Picture,
): Picture {
  const own = statistics(graph, picture);
  const wanted = statistics(graph, reference);
  const factor = graph.div(wanted.deviation, own.deviation);
  return graph.add(graph.mul(graph.sub(picture, own.mean), factor), wanted.mean);
}

function statistics(graph: GraphScope, picture: Picture) {
  const axes = [2, 3];
  const [, , height = 1, width = 1] = picture.shape;
  const count = graph.cast(graph.mul(graph.size(height), graph.size(width)), "float32");
  const mean = graph.reduceMean(picture, { axes });
  const centred = graph.sub(picture, mean);
  const sum = graph.reduceSum(graph.mul(centred, centred), { axes });
  const variance = graph.div(sum, graph.max(graph.sub(count, 1), 1));
  return { mean, deviation: graph.sqrt(graph.add(variance, 1e-5)) };
}
