/** A piece of an expression and where it begins in the text. */
export interface Token {
  readonly kind: "number" | "name" | "sign" | "end";
  readonly text: string;
  readonly at: number;
}

/** Why a text is no expression: a reason for the catalogue, the piece that is wrong, its place. */
export interface ExpressionFault {
  readonly reason:
    | "empty"
    | "too-long"
    | "unknown-sign"
    | "unexpected"
    | "unfinished"
    | "unknown-name"
    | "argument-count"
    | "not-finite";
  readonly text: string;
  readonly at: number;
}

const pattern =
  /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|(?<name>[a-zπ√]+)|(?<sign>[-+*/^(),%]))/iuy;

/** Signs that people paste or type on other keyboards. */
const alike: Readonly<Record<string, string>> = { "−": "-", "×": "*", "·": "*", "÷": "/" };

/** Cuts a text into tokens; the last one is `end`. */
export function readTokens(text: string): readonly Token[] | ExpressionFault {
  // Every sign keeps its length, so that places still point into what was typed.
  const plain = text.replace(/[−×·÷]/gu, (sign) => alike[sign] ?? sign);
  const tokens: Token[] = [];
  const end = plain.trimEnd().length;
  pattern.lastIndex = 0;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const found = pattern.exec(plain);
    if (found === null) return unknownSign(plain, from);
    const { number, name, sign } = found.groups ?? {};
    const piece = number ?? name ?? sign ?? "";
    const kind = number !== undefined ? "number" : name !== undefined ? "name" : "sign";
    tokens.push({ kind, text: piece, at: pattern.lastIndex - piece.length });
  }
  tokens.push({ kind: "end", text: "", at: end });
  return tokens;
}

function unknownSign(text: string, from: number): ExpressionFault {
  const at = from + (text.slice(from).length - text.slice(from).trimStart().length);
  const [sign = ""] = text.slice(at);
  return { reason: "unknown-sign", text: sign, at };
}
