import {
  add,
  constant,
  floorDivide,
  maximum,
  multiply,
  type Polynomial,
  symbol,
} from "./polynomial.js";

/**
 * Reads "height*2", "floor((height+1)/2)", "height/8" (which rounds down) or "max(a,b)".
 * Anything else, such as a name with spaces in another program's model, is one symbol as it stands.
 */
export function parseDimension(text: string): Polynomial {
  const tokens = text.match(/[A-Za-z_][\w.]*|\d+|\S/g) ?? [];
  const reader = new TokenReader(tokens);
  const parsed = reader.sum();
  return parsed === undefined || !reader.atEnd() ? symbol(text) : parsed;
}

/** Recursive descent; every method gives undefined where the text is not an expression. */
class TokenReader {
  readonly #tokens: readonly string[];
  #position = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  atEnd(): boolean {
    return this.#position === this.#tokens.length;
  }

  sum(): Polynomial | undefined {
    let total: Polynomial | undefined = constant(0);
    let sign = this.#accept("-") ? -1 : 1;
    for (;;) {
      const term = this.#product();
      if (term === undefined) return undefined;
      total = add(total, multiply(term, constant(sign)));
      if (this.#accept("+")) sign = 1;
      else if (this.#accept("-")) sign = -1;
      else return total;
    }
  }

  #product(): Polynomial | undefined {
    let total = this.#factor();
    while (total !== undefined) {
      if (this.#accept("*")) {
        const factor = this.#factor();
        total = factor && multiply(total, factor);
      } else if (this.#accept("/")) {
        this.#accept("/");
        const divisor = Number(this.#next());
        total = divisor > 0 ? floorDivide(total, divisor) : undefined;
      } else return total;
    }
    return undefined;
  }

  #factor(): Polynomial | undefined {
    const token = this.#next();
    if (token === undefined) return undefined;
    if (/^\d/.test(token)) return constant(Number(token));
    if (token === "(") return this.#closed(this.sum());
    if (token === "floor" && this.#accept("(")) return this.#closed(this.sum());
    if (token === "max" && this.#accept("(")) return this.#maximum();
    return /^[A-Za-z_]/.test(token) ? symbol(token) : undefined;
  }

  #maximum(): Polynomial | undefined {
    const left = this.sum();
    const right = this.#accept(",") ? this.sum() : undefined;
    return left && right && this.#closed(maximum(left, right));
  }

  #closed(inner: Polynomial | undefined): Polynomial | undefined {
    return this.#accept(")") ? inner : undefined;
  }

  #accept(token: string): boolean {
    if (this.#tokens[this.#position] !== token) return false;
    this.#position += 1;
    return true;
  }

  #next(): string | undefined {
    const token = this.#tokens[this.#position];
    this.#position += 1;
    return token;
  }
}
