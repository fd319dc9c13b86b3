import type { SafetensorsFile, TensorSource } from "@diopter/onnx";

/** A checkpoint's tensors below a prefix of their names: `blocks.3.` and then `mix.weight`. */
export class Weights {
  readonly #file: SafetensorsFile;
  readonly #prefix: string;

  constructor(file: SafetensorsFile, prefix = "") {
    this.#file = file;
    this.#prefix = prefix;
  }

  /** The tensors whose names go on with `name.`. */
  at(name: string): Weights {
    return new Weights(this.#file, `${this.#prefix}${name}.`);
  }

  has(name: string): boolean {
    return this.#file.entries.has(this.#prefix + name);
  }

  /** @throws SafetensorsError `unknown-tensor` */
  tensor(name: string): TensorSource {
    return this.#file.tensor(this.#prefix + name);
  }

  /** @throws SafetensorsError `unknown-tensor` */
  shape(name: string): readonly number[] {
    return this.tensor(name).shape;
  }

  /** How many numbered parts follow from 0 on without a gap, such as `high.0.` and `high.1.`. */
  count(name: string): number {
    const names = [...this.#file.entries.keys()];
    let count = 0;
    while (names.some((other) => other.startsWith(`${this.#prefix}${name}.${count}.`))) count += 1;
    return count;
  }
}
