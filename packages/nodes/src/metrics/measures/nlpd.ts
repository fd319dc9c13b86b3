import { mirror, type Plane } from "./plane.js";

interface Level {
  readonly sigma: number;
  /** Weights of the neighbours above, left, right and below. */
  readonly neighbours: readonly [number, number, number, number];
}

const levels: readonly Level[] = [
  { sigma: 0.0248, neighbours: [0.1011, 0.1493, 0.146, 0.1015] },
  { sigma: 0.0185, neighbours: [0.0757, 0.1986, 0.1846, 0.0837] },
  { sigma: 0.0179, neighbours: [0.0477, 0.2138, 0.2243, 0.0467] },
  { sigma: 0.0191, neighbours: [0, 0.2503, 0.2616, 0] },
  { sigma: 0.022, neighbours: [0, 0.2598, 0.2552, 0] },
  { sigma: 0.2782, neighbours: [0, 0.2215, 0.0717, 0] },
];

const taps = [0.05, 0.25, 0.4, 0.25, 0.05];

interface Band {
  readonly data: Float64Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Normalised Laplacian pyramid distance of two luma planes of 0..1: the mean over six levels of
 * the root mean square difference. 0 for equal pictures, larger is worse.
 * Source: Laparra, Ballé, Berardino, Simoncelli 2016.
 */
export function normalisedLaplacianDistance(left: Plane, right: Plane): number {
  const first = normalisedPyramid(left);
  const second = normalisedPyramid(right);
  const distances = first.map((band, level) => rootMeanSquare(band, second[level] ?? band));
  return distances.reduce((sum, distance) => sum + distance, 0) / levels.length;
}

function normalisedPyramid(plane: Plane): readonly Band[] {
  let current: Band = { ...plane, data: Float64Array.from(plane.data) };
  return levels.map((level, index) => {
    if (index === levels.length - 1) return normalise(current, level);
    const smaller = shrink(current);
    const band = subtract(current, grow(smaller, current));
    current = smaller;
    return normalise(band, level);
  });
}

/** Blurs and keeps every second row and column. */
function shrink(source: Band): Band {
  const width = Math.ceil(source.width / 2);
  const height = Math.ceil(source.height / 2);
  const data = fill(width, height, (x, y) =>
    blurAt((column, row) => at(source, 2 * x + column - 2, 2 * y + row - 2)),
  );
  return { data, width, height };
}

/** Puts zeros between the elements and blurs with four times the weight. */
function grow(source: Band, { width, height }: Band): Band {
  const between = (x: number, y: number): number =>
    x % 2 === 0 && y % 2 === 0 ? at(source, x / 2, y / 2) : 0;
  const data = fill(
    width,
    height,
    (x, y) => 4 * blurAt((column, row) => between(x + column - 2, y + row - 2)),
  );
  return { data, width, height };
}

function blurAt(value: (column: number, row: number) => number): number {
  return taps.reduce(
    (sum, down, row) =>
      sum + down * taps.reduce((line, across, column) => line + across * value(column, row), 0),
    0,
  );
}

function normalise(band: Band, { sigma, neighbours }: Level): Band {
  const [up, left, right, down] = neighbours;
  const size = (x: number, y: number): number => Math.abs(at(band, x, y));
  const data = fill(band.width, band.height, (x, y) => {
    const amplitude =
      up * size(x, y - 1) + left * size(x - 1, y) + right * size(x + 1, y) + down * size(x, y + 1);
    return at(band, x, y) / (sigma + amplitude);
  });
  return { ...band, data };
}

function subtract(left: Band, right: Band): Band {
  return { ...left, data: left.data.map((value, place) => value - (right.data[place] ?? 0)) };
}

function rootMeanSquare(left: Band, right: Band): number {
  const sum = left.data.reduce(
    (total, value, place) => total + (value - (right.data[place] ?? 0)) ** 2,
    0,
  );
  return Math.sqrt(sum / left.data.length);
}

function at({ data, width, height }: Band, x: number, y: number): number {
  return data[mirror(y, height) * width + mirror(x, width)] ?? 0;
}

function fill(
  width: number,
  height: number,
  value: (x: number, y: number) => number,
): Float64Array {
  return Float64Array.from({ length: width * height }, (_, place) =>
    value(place % width, Math.floor(place / width)),
  );
}
