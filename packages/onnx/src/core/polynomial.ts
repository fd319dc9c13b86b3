/**
 * A sum of products of symbols with integer factors: product (its symbols sorted, joined by newlines,
 * "" for the constant) → factor. Factors are never 0. A symbol is a name, `floor(x/n)` or `max(x,y)`.
 */
export type Polynomial = ReadonlyMap<string, number>;

const separator = "\n";

export function constant(value: number): Polynomial {
  return new Map(value === 0 ? [] : [["", value]]);
}

export function symbol(name: string): Polynomial {
  return new Map([[name, 1]]);
}

export function symbolsOf(product: string): string[] {
  return product === "" ? [] : product.split(separator);
}

/** The number, when no symbol takes part. */
export function constantValue(polynomial: Polynomial): number | undefined {
  if (polynomial.size === 0) return 0;
  return polynomial.size === 1 ? polynomial.get("") : undefined;
}

export function add(...polynomials: readonly Polynomial[]): Polynomial {
  const sum = new Map<string, number>();
  for (const polynomial of polynomials) {
    for (const [product, factor] of polynomial) accumulate(sum, product, factor);
  }
  return sum;
}

export function multiply(left: Polynomial, right: Polynomial): Polynomial {
  const result = new Map<string, number>();
  for (const [leftProduct, leftFactor] of left) {
    for (const [rightProduct, rightFactor] of right) {
      const symbols = [...symbolsOf(leftProduct), ...symbolsOf(rightProduct)].sort();
      accumulate(result, symbols.join(separator), leftFactor * rightFactor);
    }
  }
  return result;
}

/** floor(polynomial / divisor): what divides without rest is divided, the rest becomes one symbol. */
export function floorDivide(polynomial: Polynomial, divisor: number): Polynomial {
  const whole = new Map<string, number>();
  const rest = new Map<string, number>();
  for (const [product, factor] of polynomial) {
    const quotient = Math.floor(factor / divisor);
    accumulate(whole, product, quotient);
    accumulate(rest, product, factor - quotient * divisor);
  }
  if (constantValue(rest) !== undefined) return whole;
  const printed = print(rest);
  const numerator = /[+*]/.test(printed) ? `(${printed})` : printed;
  return add(whole, symbol(`floor(${numerator}/${divisor})`));
}

/** The quotient by one product, where every term divides without rest; undefined otherwise. */
export function divideExactly(
  polynomial: Polynomial,
  [divisor, divisorFactor]: readonly [product: string, factor: number],
): Polynomial | undefined {
  const quotient = new Map<string, number>();
  for (const [product, factor] of polynomial) {
    const rest = withoutSymbols(symbolsOf(product), symbolsOf(divisor));
    if (rest === undefined || factor % divisorFactor !== 0) return undefined;
    accumulate(quotient, rest.join(separator), factor / divisorFactor);
  }
  return quotient;
}

/** max(left, right): a number where the difference is one, else a symbol. */
export function maximum(left: Polynomial, right: Polynomial): Polynomial {
  const difference = constantValue(add(left, multiply(right, constant(-1))));
  if (difference !== undefined) return difference >= 0 ? left : right;
  return symbol(`max(${[print(left), print(right)].sort().join(",")})`);
}

/** The canonical text: products in alphabetical order, factors behind them, the constant last. */
export function print(polynomial: Polynomial): string {
  const products = [...polynomial.keys()].filter((product) => product !== "").sort();
  const terms = products.map((product) => printTerm(product, polynomial.get(product) ?? 0));
  const rest = polynomial.get("") ?? 0;
  if (rest !== 0 || terms.length === 0) terms.push(String(rest));
  return terms.reduce((text, term) => (term.startsWith("-") ? text + term : `${text}+${term}`));
}

function printTerm(product: string, factor: number): string {
  const symbols = symbolsOf(product).join("*");
  if (factor === 1) return symbols;
  return factor < 0 ? `-${printTerm(product, -factor)}` : `${symbols}*${factor}`;
}

function accumulate(terms: Map<string, number>, product: string, factor: number): void {
  const sum = (terms.get(product) ?? 0) + factor;
  if (sum === 0) terms.delete(product);
  else terms.set(product, sum);
}

function withoutSymbols(
  symbols: readonly string[],
  removed: readonly string[],
): string[] | undefined {
  const rest = [...symbols];
  for (const name of removed) {
    const at = rest.indexOf(name);
    if (at < 0) return undefined;
    rest.splice(at, 1);
  }
  return rest;
}
