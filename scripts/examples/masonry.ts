import { fractalNoise, hash } from "./noise.js";
import { clamp, mix, paint, scale, smoothStep, type Vector } from "./vector.js";

/** A painted surface: its colour, and how its normal tilts along u and v. */
export interface Finish {
  readonly colour: Vector;
  readonly tilt: readonly [number, number];
}

const mortar = paint(0xb9b0a2);
const brickTones: readonly Vector[] = [
  paint(0x9a4a34),
  paint(0xb2583b),
  paint(0x7d3b2c),
  paint(0xa86a4c),
];
const tileTones: readonly Vector[] = [paint(0x5b4a45), paint(0x6e5a50), paint(0x4a4041)];

const toneOf = (tones: readonly Vector[], chance: number): Vector =>
  tones[Math.floor(chance * tones.length)] ?? mortar;

/** Running-bond brickwork, 22 by 7.5 cm; u and v in metres. */
export const brick = (u: number, v: number): Finish => {
  const course = Math.floor(v / 0.075);
  const along = u / 0.22 + (course % 2) * 0.5;
  const index = Math.floor(along);
  const fromEnd = Math.min(along - index, index + 1 - along) * 0.22;
  const fromBed = Math.min(v - course * 0.075, course * 0.075 + 0.075 - v);
  const inside = smoothStep(0.004, 0.011, Math.min(fromEnd, fromBed));
  const weather = fractalNoise(u * 1.3, v * 1.3, 5, 200);
  const grain = 0.72 + 0.56 * fractalNoise(u * 40, v * 40, 3, 201);
  const fired = scale(toneOf(brickTones, hash(index, course, 202)), grain * (0.6 + 0.8 * weather));
  const colour = mix(scale(mortar, 0.5 + 0.5 * weather), fired, inside);
  const bevel = (1 - inside) * 0.6;
  return {
    colour,
    tilt: [along - index < 0.5 ? -bevel : bevel, v % 0.075 < 0.037 ? -bevel : bevel],
  };
};

/** Overlapping clay tiles, 18 by 16 cm, with moss; v runs down the slope. */
export const tile = (u: number, v: number): Finish => {
  const course = Math.floor(v / 0.16);
  const along = u / 0.18 + (course % 2) * 0.5;
  const index = Math.floor(along);
  const across = along - index - 0.5;
  const down = v / 0.16 - course;
  const shadow = clamp(0.35 + 5 * down) * clamp(0.4 + 8 * (0.5 - Math.abs(across)));
  const moss = smoothStep(0.55, 0.8, fractalNoise(u * 2.2, v * 2.2, 5, 210));
  const clay = scale(
    toneOf(tileTones, hash(index, course, 211)),
    0.7 + 0.6 * hash(index, course, 212),
  );
  const colour = scale(mix(clay, paint(0x5f6a35), moss * 0.7), 0.35 + 0.65 * shadow);
  return { colour, tilt: [across * 0.9, (hash(index, course, 213) - 0.5) * 0.3] };
};

/** Planks 14 cm wide with grain along v, in a given paint that has worn off in places. */
export const planks = (u: number, v: number, coat: Vector): Finish => {
  const index = Math.floor(u / 0.14);
  const across = u / 0.14 - index;
  const groove = smoothStep(0, 0.09, Math.min(across, 1 - across));
  const grain = fractalNoise(u * 70, v * 3 + index * 9, 4, 220);
  const worn = smoothStep(0.6, 0.75, fractalNoise(u * 9, v * 2.5, 4, 221));
  const colour = mix(coat, paint(0x8a7a66), worn * 0.6);
  return {
    colour: scale(
      colour,
      (0.35 + 0.65 * groove) * (0.7 + 0.6 * grain) * (0.85 + 0.3 * hash(index, 5)),
    ),
    tilt: [(across - 0.5) * 0.3, 0],
  };
};
