/** The halves of a model's T timesteps, the noisy one first. */
export type Half = "first" | "second";

/** Which half a timestep belongs to; T/2 to the second. */
export const halfOf = (timestep: number, terminal: number): Half =>
  timestep > terminal / 2 ? "first" : "second";
