import { type ExpressionFault, readTokens, type Token } from "./tokens.js";

/** What an expression comes to, or why it comes to nothing. */
export type Evaluation =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly fault: ExpressionFault };

interface Call {
  readonly fewest: number;
  readonly most: number;
  readonly apply: (values: readonly number[]) => number;
}

const constants: Readonly<Record<string, number>> = { pi: Math.PI, π: Math.PI };

const squareRoot: Call = { fewest: 1, most: 1, apply: ([x = Number.NaN]) => Math.sqrt(x) };

const calls: Readonly<Record<string, Call>> = {
  sqrt: squareRoot,
  "√": squareRoot,
  min: { fewest: 1, most: Number.POSITIVE_INFINITY, apply: (values) => Math.min(...values) },
  max: { fewest: 1, most: Number.POSITIVE_INFINITY, apply: (values) => Math.max(...values) },
};

/** Bounds the depth of the recursion, as well as the patience of a reader. */
const longestText = 200;

/**
 * Evaluates what a person typed into a number field: numbers, `+ - * / ^ ( )`, `sqrt(x)`,
 * `min(a, b, ...)`, `max(a, b, ...)`, `pi`, and `%` for hundredths. `^` binds tightest and to the
 * right, so that `-2^2` is -4. Never runs the text as code; never throws.
 */
export function evaluateExpression(text: string): Evaluation {
  if (text.trim() === "") return fault("empty", "", 0);
  if (text.length > longestText) return fault("too-long", String(longestText), 0);
  const tokens = readTokens(text);
  if ("reason" in tokens) return { ok: false, fault: tokens };
  const reader = new Reader(tokens);
  try {
    const value = reader.sum();
    reader.expectEnd();
    // 0 rather than -0: the two print alike and would be told apart when compared.
    return Number.isFinite(value) ? { ok: true, value: value + 0 } : fault("not-finite", text, 0);
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ok: false, fault: thrown.fault };
    throw thrown;
  }
}

function fault(reason: ExpressionFault["reason"], text: string, at: number): Evaluation {
  return { ok: false, fault: { reason, text, at } };
}

class Refusal extends Error {
  readonly fault: ExpressionFault;

  constructor(reason: ExpressionFault["reason"], { text, at }: Pick<Token, "text" | "at">) {
    super(reason);
    this.fault = { reason, text, at };
  }
}

class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  sum(): number {
    let value = this.#product();
    for (;;) {
      if (this.#take("+")) value += this.#product();
      else if (this.#take("-")) value -= this.#product();
      else return value;
    }
  }

  expectEnd(): void {
    if (this.#peek().kind !== "end") throw this.#unexpected();
  }

  #product(): number {
    let value = this.#signed();
    for (;;) {
      if (this.#take("*")) value *= this.#signed();
      else if (this.#take("/")) value /= this.#signed();
      else return value;
    }
  }

  #signed(): number {
    if (this.#take("-")) return -this.#signed();
    if (this.#take("+")) return this.#signed();
    return this.#power();
  }

  #power(): number {
    let value = this.#atom();
    while (this.#take("%")) value /= 100;
    return this.#take("^") ? value ** this.#signed() : value;
  }

  #atom(): number {
    const token = this.#peek();
    if (token.kind === "number") return Number(this.#advance().text);
    if (token.kind === "name") return this.#named(this.#advance());
    if (!this.#take("(")) throw this.#unexpected();
    const value = this.sum();
    this.#expect(")");
    return value;
  }

  #named(token: Token): number {
    const name = token.text.toLowerCase();
    if (Object.hasOwn(constants, name)) return constants[name] ?? Number.NaN;
    const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
    if (call === undefined) throw new Refusal("unknown-name", token);
    this.#expect("(");
    const values = [this.sum()];
    while (this.#take(",")) values.push(this.sum());
    this.#expect(")");
    if (values.length < call.fewest || values.length > call.most) {
      throw new Refusal("argument-count", token);
    }
    return call.apply(values);
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: "end", text: "", at: 0 };
  }

  #advance(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #take(sign: string): boolean {
    const token = this.#peek();
    if (token.kind !== "sign" || token.text !== sign) return false;
    this.#next += 1;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw this.#unexpected();
  }

  #unexpected(): Refusal {
    const token = this.#peek();
    return new Refusal(token.kind === "end" ? "unfinished" : "unexpected", token);
  }
}
