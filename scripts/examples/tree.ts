import { type Body, crossSphere, nearest, pointAt, type Ray, type Surface } from "./body.js";
import { hash } from "./noise.js";
import {
  add,
  clamp,
  mix,
  multiply,
  normalize,
  paint,
  scale,
  smoothStep,
  subtract,
  type Vector,
} from "./vector.js";

const darkLeaf = paint(0x2a4419);
const lightLeaf = paint(0x6f8f35);
const bark = paint(0x6b5a48);
const apple = paint(0xb3261e);

export interface TreeShape {
  readonly seed: number;
  readonly height: number;
  readonly spread: number;
  readonly clumps: number;
  readonly leaf: number;
  readonly apples: number;
  readonly tint: Vector;
}

interface Clump {
  readonly centre: Vector;
  readonly radius: number;
}

const scatter = ({ seed, height, spread, clumps }: TreeShape): Clump[] =>
  Array.from({ length: clumps }, (_, index) => {
    const angle = 2.399963 * index + hash(index, seed, 300);
    const level = (index + 0.5) / clumps;
    const bulge = Math.sqrt(clamp(1 - (2 * level - 0.75) ** 2 * 0.62));
    const reach = spread * bulge * (0.35 + 0.7 * hash(index, seed, 301));
    return {
      centre: [Math.cos(angle) * reach, height * (0.36 + 0.58 * level), Math.sin(angle) * reach],
      radius: spread * (0.15 + 0.19 * hash(index, seed, 302)),
    };
  });

/** Leaves of a shell around a clump: how far out it lies, and how much of it is open. */
const layers = [
  { reach: 1.16, open: 0.86 },
  { reach: 1.06, open: 0.7 },
  { reach: 0.96, open: 0.5 },
  { reach: 0.82, open: 0.3 },
] as const;

/** The cell of a lattice that is skewed, so that leaves do not line up with the picture. */
const leafCell = ([x, y, z]: Vector, size: number): Vector => [
  Math.floor((0.8 * x + 0.5 * y - 0.33 * z) / size),
  Math.floor((-0.42 * x + 0.86 * y + 0.3 * z) / size),
  Math.floor((0.43 * x - 0.1 * y + 0.9 * z) / size),
];

const leafAt = (position: Vector, clump: Clump, shape: TreeShape, open: number) => {
  const [column, row, depth] = leafCell(position, shape.leaf);
  const layer = depth + shape.seed * 31;
  const chance = hash(column, row, layer);
  if (chance < open) return undefined;
  const outward = scale(subtract(position, clump.centre), 1 / clump.radius);
  const ruffle: Vector = [
    hash(column, row, layer + 1) - 0.5,
    hash(column, row, layer + 2) - 0.35,
    hash(column, row, layer + 3) - 0.5,
  ];
  const sunny = smoothStep(-0.8, 0.9, outward[1]) * (0.5 + 0.5 * smoothStep(0.2, 0.8, 1 - open));
  const green = mix(darkLeaf, lightLeaf, clamp(hash(column, row, layer + 4) * 0.9 + 0.2 * sunny));
  return {
    normal: normalize(add(outward, scale(ruffle, 1.8))),
    colour: scale(multiply(green, shape.tint), 0.3 + 0.9 * sunny),
  };
};

const clumpSurface = (ray: Ray, clump: Clump, shape: TreeShape): Surface | undefined => {
  for (const { reach, open } of layers) {
    const crossing = crossSphere(ray, clump.centre, clump.radius * reach);
    if (!crossing) return undefined;
    const distance = crossing[0];
    if (distance < 1e-3) continue;
    const leaf = leafAt(pointAt(ray, distance), clump, shape, open);
    if (leaf) return { distance, ...leaf };
  }
  return undefined;
};

const ball = (ray: Ray, centre: Vector, radius: number, colour: Vector): Surface | undefined => {
  const distance = crossSphere(ray, centre, radius)?.[0];
  if (distance === undefined || distance < 1e-3) return undefined;
  const normal = scale(subtract(pointAt(ray, distance), centre), 1 / radius);
  return { distance, normal, colour };
};

/** A trunk that narrows upwards: a ray meets it where it meets a cone's slice nearest to it. */
const trunk = (ray: Ray, { height, spread }: TreeShape): Surface | undefined => {
  const [x, , z] = ray.origin;
  const [towardsX, , towardsZ] = ray.direction;
  const flat = Math.hypot(towardsX, towardsZ);
  const closest = -(x * towardsX + z * towardsZ) / (flat * flat);
  const [offX, y, offZ] = pointAt(ray, closest);
  const radius = spread * (0.11 - 0.05 * clamp(y / height) + 0.06 * clamp(0.3 - y));
  const gap = Math.hypot(offX, offZ);
  if (gap > radius || y < 0 || y > height * 0.7) return undefined;
  const distance = closest - Math.sqrt(radius * radius - gap * gap) / flat;
  if (distance < 1e-3) return undefined;
  const [hitX, hitY, hitZ] = pointAt(ray, distance);
  const ridges = hash(Math.floor(Math.atan2(hitZ, hitX) * 9), Math.floor(hitY * 7), 320);
  const normal = normalize([hitX, 0.1 * spread * (ridges - 0.5), hitZ]);
  return { distance, normal, colour: scale(bark, 0.55 + 0.7 * ridges) };
};

/** A broad-leaved tree with its foot at the origin. */
export const tree = (shape: TreeShape): Body => {
  const clumps = scatter(shape);
  const fruit = Array.from({ length: shape.apples }, (_, index): Vector => {
    const clump = clumps[Math.floor(hash(index, shape.seed, 310) * clumps.length)];
    const away = normalize([
      hash(index, shape.seed, 311) - 0.5,
      -0.3 * hash(index, shape.seed, 312),
      -0.2 - 0.5 * hash(index, shape.seed, 313),
    ]);
    return clump ? add(clump.centre, scale(away, clump.radius)) : away;
  });
  const bodies: Body[] = [
    (ray) => trunk(ray, shape),
    ...clumps.map(
      (clump): Body =>
        (ray) =>
          clumpSurface(ray, clump, shape),
    ),
    ...fruit.map(
      (centre): Body =>
        (ray) =>
          ball(ray, centre, 0.07, apple),
    ),
  ];
  const middle: Vector = [0, shape.height * 0.55, 0];
  const bound = Math.hypot(shape.height * 0.6, shape.spread * 1.5);
  return (ray) => (crossSphere(ray, middle, bound) ? nearest(ray, bodies) : undefined);
};
