import type { Body, Ray } from "./body.js";
import { subtract, type Vector } from "./vector.js";

const turn = (vector: Vector, cosine: number, sine: number): Vector => [
  cosine * vector[0] - sine * vector[2],
  vector[1],
  sine * vector[0] + cosine * vector[2],
];

/** A body that is described around the origin, moved to `place` and turned about the vertical. */
export const placed = (body: Body, place: Vector, angle: number): Body => {
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  return (ray: Ray) => {
    const surface = body({
      origin: turn(subtract(ray.origin, place), cosine, -sine),
      direction: turn(ray.direction, cosine, -sine),
    });
    return surface && { ...surface, normal: turn(surface.normal, cosine, sine) };
  };
};
