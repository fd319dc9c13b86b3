import { DiopterError } from "../errors/index.js";
import type { Tensor } from "../values/index.js";

/**
 * The output of this name.
 * @throws DiopterError `internal/defect` when the program gave none, or not float32.
 */
export function float32Output(
  outputs: Readonly<Record<string, Tensor>>,
  name: string,
): Tensor<"float32"> {
  const tensor = outputs[name];
  if (tensor !== undefined && isFloat32(tensor)) return tensor;
  throw new DiopterError("internal/defect", {
    message: `A program gave ${tensor?.type ?? "nothing"} as "${name}", where float32 is needed.`,
    remedy: "This is a defect: please report it with the workflow.",
  });
}

function isFloat32(tensor: Tensor): tensor is Tensor<"float32"> {
  return tensor.type === "float32";
}
