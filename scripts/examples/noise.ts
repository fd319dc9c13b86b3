/** A number in [0, 1) that depends on nothing but three integers. */
export const hash = (x: number, y: number, z = 0): number => {
  let bits = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(z, 0x2545f491);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return ((bits ^ (bits >>> 15)) >>> 0) / 4294967296;
};

const fade = (t: number): number => t * t * (3 - 2 * t);

/** Value noise in [0, 1), one feature per unit; `layer` picks an independent pattern. */
export const noise = (x: number, y: number, layer = 0): number => {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const across = fade(x - column);
  const down = fade(y - row);
  const top = hash(column, row, layer) * (1 - across) + hash(column + 1, row, layer) * across;
  const bottom =
    hash(column, row + 1, layer) * (1 - across) + hash(column + 1, row + 1, layer) * across;
  return top * (1 - down) + bottom * down;
};

/** Octaves of value noise, each half as strong and twice as fine, scaled back to [0, 1). */
export const fractalNoise = (x: number, y: number, octaves: number, layer = 0): number => {
  let sum = 0;
  let weight = 0;
  for (let octave = 0; octave < octaves; octave += 1) {
    const amplitude = 0.5 ** octave;
    const frequency = 2 ** octave;
    sum += amplitude * noise(x * frequency + octave * 17.3, y * frequency, layer + octave);
    weight += amplitude;
  }
  return sum / weight;
};

/** Distances to the nearest and second nearest of one scattered point per unit cell, and its id. */
export const cells = (x: number, y: number, layer = 0) => {
  let nearest = 9;
  let second = 9;
  let id = 0;
  for (let row = Math.floor(y) - 1; row <= Math.floor(y) + 1; row += 1) {
    for (let column = Math.floor(x) - 1; column <= Math.floor(x) + 1; column += 1) {
      const offsetX = column + hash(column, row, layer) - x;
      const offsetY = row + hash(column, row, layer + 1) - y;
      const distance = Math.sqrt(offsetX * offsetX + offsetY * offsetY);
      if (distance < nearest) {
        second = nearest;
        nearest = distance;
        id = hash(column, row, layer + 2);
      } else if (distance < second) second = distance;
    }
  }
  return { nearest, second, id };
};

/** A normally distributed number, by Box and Muller, that depends on three integers. */
export const gaussian = (x: number, y: number, z: number): number => {
  const radius = Math.sqrt(-2 * Math.log(1 - hash(x, y, z * 2)));
  return radius * Math.cos(2 * Math.PI * hash(x, y, z * 2 + 1));
};
