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
  const across = alongRows(source, width, (x) =>
    taps.map((weight, tap) => ({ weight, place: 2 * x + tap - 2 })),
  );
  return alongColumns(across, height, (y) =>
    taps.map((weight, tap) => ({ weight, place: 2 * y + tap - 2 })),
  );
}

/** Puts zeros between the elements and blurs with twice the weight along each axis. */
function grow(source: Band, { width, height }: Band): Band {
  return alongColumns(alongRows(source, width, grownTaps), height, grownTaps);
}

/** The taps that meet an element, and not a zero, where `position` lies on the finer grid. */
function grownTaps(position: number): readonly Tap[] {
  return taps.flatMap((weight, tap) => {
    const place = position + tap - 2;
    return place % 2 === 0 ? [{ weight: 2 * weight, place: place / 2 }] : [];
  });
}

interface Tap {
  readonly weight: number;
  /** May lie outside: it is mirrored. */
  readonly place: number;
}

function alongRows(source: Band, width: number, tapsAt: (x: number) => readonly Tap[]): Band {
  const columns = Array.from({ length: width }, (_, x) =>
    tapsAt(x).map(({ weight, place }) => ({ weight, from: mirror(place, source.width) })),
  );
  const data = new Float64Array(width * source.height);
  for (let y = 0; y < source.height; y += 1) {
    const row = source.data.subarray(y * source.width, (y + 1) * source.width);
    columns.forEach((own, x) => {
      let sum = 0;
      for (const { weight, from } of own) sum += weight * (row[from] ?? 0);
      data[y * width + x] = sum;
    });
  }
  return { data, width, height: source.height };
}

function alongColumns(source: Band, height: number, tapsAt: (y: number) => readonly Tap[]): Band {
  const { width } = source;
  const data = new Float64Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (const { weight, place } of tapsAt(y)) {
      const from = mirror(place, source.height) * width;
      for (let x = 0; x < width; x += 1) {
        const to = y * width + x;
        data[to] = (data[to] ?? 0) + weight * (source.data[from + x] ?? 0);
      }
    }
  }
  return { data, width, height };
}

function normalise(band: Band, { sigma, neighbours }: Level): Band {
  const [up, left, right, down] = neighbours;
  const { width, height } = band;
  const size = band.data.map(Math.abs);
  const data = new Float64Array(size.length);
  for (let y = 0; y < height; y += 1) {
    const [above, below] = [mirror(y - 1, height) * width, mirror(y + 1, height) * width];
    for (let x = 0; x < width; x += 1) {
      const amplitude =
        up * (size[above + x] ?? 0) +
        left * (size[y * width + mirror(x - 1, width)] ?? 0) +
        right * (size[y * width + mirror(x + 1, width)] ?? 0) +
        down * (size[below + x] ?? 0);
      data[y * width + x] = (band.data[y * width + x] ?? 0) / (sigma + amplitude);
    }
  }
  return { data, width, height };
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
