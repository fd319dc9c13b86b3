import type { FileOptions } from "../nodes/index.js";

/** The file that a parameter's value stands for by name: it need not lie in a readable folder. */
export function shippedFile({ named }: FileOptions, value: string): string | undefined {
  return named !== undefined && Object.hasOwn(named, value) ? named[value] : undefined;
}
