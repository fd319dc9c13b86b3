/** A square matrix as its rows. */
export type Matrix = readonly (readonly number[])[];

/** What is computed of a symmetric matrix: A = Σ λᵢ·vᵢ·vᵢᵀ. */
export interface EigenSystem {
  readonly values: readonly number[];
  /** vᵢ as rows, each of length 1. */
  readonly vectors: Matrix;
}

const mostSweeps = 60;

/** Eigenvalues and vectors by cyclic Jacobi rotations (Golub, Van Loan, algorithm 8.5.3). */
export function symmetricEigen(matrix: Matrix): EigenSystem {
  const size = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const v = matrix.map((_, row) => Float64Array.from({ length: size }, (_, x) => +(x === row)));
  const scale = Math.sqrt(a.reduce((sum, row) => sum + dot(row, row), 0));
  for (let sweep = 0; sweep < mostSweeps && offDiagonal(a) > scale * 1e-15; sweep += 1) {
    for (let p = 0; p < size - 1; p += 1) {
      for (let q = p + 1; q < size; q += 1) rotate(a, v, p, q);
    }
  }
  return { values: a.map((row, index) => row[index] ?? 0), vectors: v.map((row) => [...row]) };
}

/**
 * xᵀ·A⁺·x with the Moore-Penrose inverse A⁺ of a symmetric A: eigenvalues below 1e-15 of the
 * largest count as 0.
 */
export function pseudoInverseForm(matrix: Matrix, x: readonly number[]): number {
  const { values, vectors } = symmetricEigen(matrix);
  const least = 1e-15 * Math.max(...values.map(Math.abs));
  return values.reduce((sum, value, index) => {
    if (Math.abs(value) <= least) return sum;
    return sum + dot(Float64Array.from(vectors[index] ?? []), Float64Array.from(x)) ** 2 / value;
  }, 0);
}

function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

function offDiagonal(a: readonly Float64Array[]): number {
  let sum = 0;
  a.forEach((row, y) => {
    row.forEach((value, x) => {
      if (x !== y) sum += value * value;
    });
  });
  return Math.sqrt(sum);
}

/** Makes a[p][q] zero; the rows of `v` follow. */
function rotate(a: readonly Float64Array[], v: readonly Float64Array[], p: number, q: number) {
  const [rowP, rowQ] = [a[p], a[q]];
  if (rowP === undefined || rowQ === undefined || rowP[q] === 0) return;
  const theta = ((rowQ[q] ?? 0) - (rowP[p] ?? 0)) / (2 * (rowP[q] ?? 0));
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of a) mix(row, p, row, q, cosine, sine);
  for (let x = 0; x < rowP.length; x += 1) mix(rowP, x, rowQ, x, cosine, sine);
  const [vectorP, vectorQ] = [v[p], v[q]];
  if (vectorP === undefined || vectorQ === undefined) return;
  for (let x = 0; x < rowP.length; x += 1) mix(vectorP, x, vectorQ, x, cosine, sine);
}

function mix(
  left: Float64Array,
  i: number,
  right: Float64Array,
  j: number,
  cosine: number,
  sine: number,
): void {
  const [a, b] = [left[i] ?? 0, right[j] ?? 0];
  left[i] = cosine * a - sine * b;
  right[j] = sine * a + cosine * b;
}
