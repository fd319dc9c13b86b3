import { add, dot, scale, type Vector } from "./vector.js";

export interface Ray {
  readonly origin: Vector;
  readonly direction: Vector;
}

/** What a ray meets: how far, where it faces, its diffuse colour, and light it sends by itself. */
export interface Surface {
  readonly distance: number;
  readonly normal: Vector;
  readonly colour: Vector;
  readonly emission?: Vector;
}

/** Something that a ray can meet, beyond a distance of 1e-4. */
export type Body = (ray: Ray) => Surface | undefined;

export const pointAt = (ray: Ray, distance: number): Vector =>
  add(ray.origin, scale(ray.direction, distance));

/** The half-space of points p with normal · p <= offset. */
export interface Plane {
  readonly normal: Vector;
  readonly offset: number;
}

export interface Entry {
  readonly distance: number;
  readonly plane: number;
}

/** Where a ray enters a convex solid given by its planes, and through which; undefined if never. */
export const enterConvex = (ray: Ray, planes: readonly Plane[]): Entry | undefined => {
  let enter = 1e-4;
  let leave = Number.POSITIVE_INFINITY;
  let entered = -1;
  for (const [index, { normal, offset }] of planes.entries()) {
    const speed = dot(normal, ray.direction);
    const gap = offset - dot(normal, ray.origin);
    if (speed === 0 && gap < 0) return undefined;
    const distance = gap / speed;
    if (speed < 0 && distance > enter) {
      enter = distance;
      entered = index;
    }
    if (speed > 0) leave = Math.min(leave, distance);
    if (enter >= leave) return undefined;
  }
  return entered < 0 ? undefined : { distance: enter, plane: entered };
};

/** The planes of a box: low and high x, low and high y, low and high z. */
export const box = (low: Vector, high: Vector): Plane[] => [
  { normal: [-1, 0, 0], offset: -low[0] },
  { normal: [1, 0, 0], offset: high[0] },
  { normal: [0, -1, 0], offset: -low[1] },
  { normal: [0, 1, 0], offset: high[1] },
  { normal: [0, 0, -1], offset: -low[2] },
  { normal: [0, 0, 1], offset: high[2] },
];

/** Distances at which a ray enters and leaves a sphere; undefined if it misses. */
export const crossSphere = (
  ray: Ray,
  centre: Vector,
  radius: number,
): readonly [number, number] | undefined => {
  const x = ray.origin[0] - centre[0];
  const y = ray.origin[1] - centre[1];
  const z = ray.origin[2] - centre[2];
  const towards = x * ray.direction[0] + y * ray.direction[1] + z * ray.direction[2];
  const discriminant = towards * towards - (x * x + y * y + z * z - radius * radius);
  if (discriminant <= 0) return undefined;
  const half = Math.sqrt(discriminant);
  return [-towards - half, -towards + half];
};

/** The nearest of what several bodies show to a ray. */
export const nearest = (ray: Ray, bodies: readonly Body[]): Surface | undefined => {
  let found: Surface | undefined;
  for (const body of bodies) {
    const surface = body(ray);
    if (surface && surface.distance < (found?.distance ?? Number.POSITIVE_INFINITY))
      found = surface;
  }
  return found;
};
