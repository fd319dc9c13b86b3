/** Hands out names that occur once in a whole model, inner graphs included. */
export class NameRegistry {
  readonly #taken = new Set<string>();
  readonly #nextSuffix = new Map<string, number>();

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  claim(name: string): void {
    this.#taken.add(name);
  }

  /** The name itself when it is free, else with the first free number: "mix/mul", "mix/mul.1", ... */
  unique(name: string): string {
    let suffix = this.#nextSuffix.get(name) ?? 0;
    let candidate = suffix === 0 ? name : `${name}.${suffix}`;
    while (this.#taken.has(candidate)) {
      suffix += 1;
      candidate = `${name}.${suffix}`;
    }
    this.#nextSuffix.set(name, suffix + 1);
    this.#taken.add(candidate);
    return candidate;
  }
}
