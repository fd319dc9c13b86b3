type Stroke = readonly (readonly [number, number])[];

/** Letters as strokes in a box one wide and 1.5 high, the origin at the lower left. */
const strokes: Readonly<Record<string, readonly Stroke[]>> = {
  A: [
    [
      [0, 0],
      [0.5, 1.5],
      [1, 0],
    ],
    [
      [0.2, 0.55],
      [0.8, 0.55],
    ],
  ],
  D: [
    [
      [0, 0],
      [0, 1.5],
      [0.5, 1.5],
      [0.85, 1.25],
      [1, 0.75],
      [0.85, 0.25],
      [0.5, 0],
      [0, 0],
    ],
  ],
  E: [
    [
      [0.95, 0],
      [0, 0],
      [0, 1.5],
      [0.95, 1.5],
    ],
    [
      [0, 0.78],
      [0.75, 0.78],
    ],
  ],
  I: [
    [
      [0.5, 0],
      [0.5, 1.5],
    ],
  ],
  L: [
    [
      [0, 1.5],
      [0, 0],
      [0.9, 0],
    ],
  ],
  N: [
    [
      [0, 0],
      [0, 1.5],
      [1, 0],
      [1, 1.5],
    ],
  ],
  O: [
    [
      [0.5, 0],
      [0.12, 0.25],
      [0, 0.75],
      [0.12, 1.25],
      [0.5, 1.5],
      [0.88, 1.25],
      [1, 0.75],
      [0.88, 0.25],
      [0.5, 0],
    ],
  ],
  P: [
    [
      [0, 0],
      [0, 1.5],
      [0.6, 1.5],
      [0.95, 1.3],
      [0.95, 0.9],
      [0.6, 0.7],
      [0, 0.7],
    ],
  ],
  R: [
    [
      [0, 0],
      [0, 1.5],
      [0.6, 1.5],
      [0.95, 1.3],
      [0.95, 0.9],
      [0.6, 0.7],
      [0, 0.7],
    ],
    [
      [0.5, 0.7],
      [1, 0],
    ],
  ],
  T: [
    [
      [0, 1.5],
      [1, 1.5],
    ],
    [
      [0.5, 1.5],
      [0.5, 0],
    ],
  ],
};

const advance = 1.45;

const distanceToSegment = (
  x: number,
  y: number,
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
): number => {
  const lengthX = toX - fromX;
  const lengthY = toY - fromY;
  const along = ((x - fromX) * lengthX + (y - fromY) * lengthY) / (lengthX ** 2 + lengthY ** 2);
  const held = Math.min(1, Math.max(0, along));
  return Math.hypot(x - fromX - held * lengthX, y - fromY - held * lengthY);
};

const distanceToStroke = (x: number, y: number, stroke: Stroke): number =>
  stroke.slice(1).reduce((least, point, index) => {
    const from = stroke[index];
    return from ? Math.min(least, distanceToSegment(x, y, from, point)) : least;
  }, Number.POSITIVE_INFINITY);

/**
 * Whether a point lies on the letters of a line of text whose middle is the origin and whose
 * letters are `size` wide and 1.5 `size` high.
 */
export const isOnText = (x: number, y: number, text: string, size: number): boolean => {
  const start = -(text.length * advance - (advance - 1)) / 2;
  const column = Math.floor((x / size - start + 0.22) / advance);
  const letter = strokes[text[column] ?? ""];
  if (!letter) return false;
  const localX = x / size - start - column * advance;
  const localY = y / size + 0.75;
  return letter.some((stroke) => distanceToStroke(localX, localY, stroke) < 0.14);
};
