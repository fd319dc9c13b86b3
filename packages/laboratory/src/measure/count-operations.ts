import type { TensorProgram } from "@diopter/engine";
import {
  type Dimension,
  evaluateDimension,
  GraphBuilder,
  type GraphDescription,
  type OperatorDescription,
} from "@diopter/onnx";

/** What one run of a program costs. */
export interface ProgramCost {
  /** Multiply-accumulate operations of convolutions and matrix products. */
  readonly macs: number;
  /** Elements of the weights that come from model files, each counted once. */
  readonly parameters: number;
  /** False where a size that is needed does not follow from the inputs: `macs` is then too low. */
  readonly complete: boolean;
}

/** A program's graph and the shapes that it declares for its inputs. */
export interface CountedProgram {
  readonly graph: GraphDescription;
  readonly inputs: Readonly<Record<string, readonly Dimension[]>>;
}

/** Builds a program's graph once, to count on. */
export function countedProgram(program: TensorProgram): CountedProgram {
  const builder = new GraphBuilder({ name: "counted" });
  program.build(builder);
  const { inputs } = builder.build();
  return {
    graph: builder.describe(),
    inputs: Object.fromEntries(inputs.map(({ name, shape }) => [name, shape])),
  };
}

/**
 * Counts one run, given the shapes of its inputs. Element-wise operators, norms and resampling are
 * not counted, as is usual; neither is what loops and branches hold inside.
 */
export function costOf(
  { graph, inputs }: CountedProgram,
  shapes: Readonly<Record<string, readonly number[]>>,
): ProgramCost {
  const sizes = new Map<string, number>();
  for (const [name, declared] of Object.entries(inputs)) {
    declared.forEach((size, axis) => {
      if (typeof size === "string") sizes.set(size, shapes[name]?.[axis] ?? 1);
    });
  }
  const counts = graph.operators.map((operator) => operatorMacs(operator, sizes));
  const macs = counts.reduce((sum, count) => sum + (Number.isNaN(count) ? 0 : count), 0);
  const weights = new Map(graph.weights.map((w) => [`${w.path}:${w.offset}`, w.elements]));
  return {
    macs,
    parameters: [...weights.values()].reduce((sum, count) => sum + count, 0),
    complete: !counts.some(Number.isNaN),
  };
}

function operatorMacs(
  { operator, inputs, outputs }: OperatorDescription,
  sizes: ReadonlyMap<string, number>,
): number {
  const [first, second] = inputs;
  const [result] = outputs;
  const elements = (shape: readonly Dimension[] | undefined): number =>
    (shape ?? []).reduce<number>((product, size) => product * numberOf(size, sizes), 1);
  switch (operator) {
    case "Conv":
      return elements(result) * elements(second?.slice(1));
    case "ConvTranspose":
      return elements(first) * elements(second?.slice(1));
    case "MatMul":
      return elements(result) * elements(first?.slice(-1));
    case "Gemm":
      // Transposed or not, A has as many elements as there are rows times inner products.
      return elements(first) * elements(result?.slice(-1));
    default:
      return 0;
  }
}

function numberOf(size: Dimension, sizes: ReadonlyMap<string, number>): number {
  if (typeof size === "number") return size;
  return evaluateDimension(size, sizes) ?? Number.NaN;
}
