/** Birds with a sharp eye: what people are called until they say who they are. */
const birds = [
  "Buzzard",
  "Condor",
  "Eagle",
  "Falcon",
  "Goshawk",
  "Harrier",
  "Heron",
  "Hobby",
  "Kestrel",
  "Kite",
  "Merlin",
  "Osprey",
  "Owl",
  "Raven",
  "Shrike",
  "Vulture",
] as const;

/** A name for somebody who has given none; `chance` from 0 to 1 chooses it. */
export const guestName = (chance: number): string =>
  birds[Math.min(birds.length - 1, Math.floor(chance * birds.length))] ?? birds[0];
