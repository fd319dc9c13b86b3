import { decodeSrgb, readToneCurve, type ToneCurve } from "./icc-curve.js";

/** Rows of a 3×3 matrix, row by row. */
export type Matrix3 = readonly number[];

/** A profile that is plain arithmetic: tone curves, and for RGB a matrix to XYZ under D50. */
export interface ArithmeticProfile {
  readonly space: "rgb" | "gray";
  /** One for gray, three for RGB. */
  readonly curves: readonly ToneCurve[];
  /** Linear device RGB to linear sRGB; the identity for gray. */
  readonly toLinearSrgb: Matrix3;
  /** Its pixels are sRGB pixels, to within 8-bit steps. */
  readonly isSrgb: boolean;
}

/** sRGB's primaries as columns in XYZ under D50 (Bradford-adapted), and its inverse. */
const xyzToLinearSrgb: Matrix3 = [
  3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.033454, 0.0719453, -0.2289914,
  1.4052427,
];

export const identityMatrix: Matrix3 = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/**
 * Reads an ICC profile (ICC.1:2022) of matrix and curves, or of one gray curve.
 * @returns undefined for all others: CMYK, look-up tables, and bytes that are no profile.
 */
export function readArithmeticProfile(icc: Uint8Array): ArithmeticProfile | undefined {
  if (icc.byteLength < 132) return undefined;
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  const tags = readTags(view);
  const space = signature(view, 16);
  if (space === "GRAY") {
    const curve = curveOf(tags.get("kTRC"));
    if (curve === undefined) return undefined;
    const isSrgb = isNearSrgb(curve);
    return { space: "gray", curves: [curve], toLinearSrgb: identityMatrix, isSrgb };
  }
  if (space !== "RGB " || signature(view, 20) !== "XYZ ") return undefined;
  return readMatrixProfile(tags);
}

function readMatrixProfile(tags: ReadonlyMap<string, DataView>): ArithmeticProfile | undefined {
  const names = ["r", "g", "b"];
  const curves = names.map((name) => curveOf(tags.get(`${name}TRC`))).filter(isPresent);
  const columns = names.map((name) => readXyz(tags.get(`${name}XYZ`))).filter(isPresent);
  if (curves.length < 3 || columns.length < 3) return undefined;
  const matrix = [0, 1, 2].flatMap((row) => columns.map((column) => column[row] ?? 0));
  const toLinearSrgb = multiply(xyzToLinearSrgb, matrix);
  if (determinant(toLinearSrgb) === 0) return undefined;
  const near = toLinearSrgb.every(
    (value, index) => Math.abs(value - (identityMatrix[index] ?? 0)) < 4e-3,
  );
  return { space: "rgb", curves, toLinearSrgb, isSrgb: near && curves.every(isNearSrgb) };
}

function readTags(view: DataView): ReadonlyMap<string, DataView> {
  const tags = new Map<string, DataView>();
  const count = Math.min(view.getUint32(128), 200);
  for (let index = 0; index < count; index += 1) {
    const entry = 132 + index * 12;
    if (entry + 12 > view.byteLength) break;
    const offset = view.getUint32(entry + 4);
    const length = view.getUint32(entry + 8);
    if (offset + length > view.byteLength) continue;
    tags.set(signature(view, entry), new DataView(view.buffer, view.byteOffset + offset, length));
  }
  return tags;
}

function curveOf(tag: DataView | undefined): ToneCurve | undefined {
  return tag === undefined ? undefined : readToneCurve(tag);
}

function readXyz(tag: DataView | undefined): readonly number[] | undefined {
  if (tag === undefined || tag.byteLength < 20) return undefined;
  return [8, 12, 16].map((offset) => tag.getInt32(offset) / 65536);
}

function signature(view: DataView, offset: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(offset + index)));
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function isNearSrgb(curve: ToneCurve): boolean {
  return Array.from({ length: 33 }, (_, index) => index / 32).every(
    (value) => Math.abs(curve(value) - decodeSrgb(value)) < 2e-3,
  );
}

function multiply(left: Matrix3, right: Matrix3): Matrix3 {
  return identityMatrix.map((_, place) => {
    const row = Math.floor(place / 3) * 3;
    const column = place % 3;
    return [0, 1, 2].reduce(
      (sum, k) => sum + (left[row + k] ?? 0) * (right[k * 3 + column] ?? 0),
      0,
    );
  });
}

function determinant(m: Matrix3): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
}

/** The inverse of a regular matrix, by its adjugate. */
export function invertMatrix(m: Matrix3): Matrix3 {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  const scale = 1 / determinant(m);
  const adjugate = [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
  return adjugate.map((value) => value * scale);
}
