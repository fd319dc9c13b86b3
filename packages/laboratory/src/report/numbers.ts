/** A number with a true minus sign. */
export function fixed(value: number, digits: number): string {
  return value.toFixed(digits).replace("-", "−");
}

/** With a sign, also where it is positive. */
export function signed(value: number, digits: number): string {
  return `${value > 0 ? "+" : ""}${fixed(value, digits)}`;
}

/** 12.3 G, 4.56 M, 789: three digits and a prefix. */
export function withPrefix(value: number): string {
  const [divisor, prefix] =
    value >= 1e12
      ? [1e12, " T"]
      : value >= 1e9
        ? [1e9, " G"]
        : value >= 1e6
          ? [1e6, " M"]
          : [1, ""];
  return `${(value / divisor).toPrecision(value === 0 ? 1 : 3)}${prefix}`;
}
