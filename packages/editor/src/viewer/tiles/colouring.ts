import type { TilesPreview } from "@diopter/server/protocol";
import { evenColour } from "../analysis/colour-map.js";
import { categoriesOf, firstTimestep, type TileState } from "./tile-times.js";

/** What the colour of a tile stands for. */
export const colourBys = ["timestep", "category", "gain"] as const;
export type ColourBy = (typeof colourBys)[number];

/** How tiles are coloured, and what explains it. */
export interface Colouring {
  /** A CSS colour; undefined where the state has no such value. */
  readonly colourOf: (state: TileState) => string | undefined;
  /** Ends of the scale, or the names of the categories with their colours. */
  readonly key:
    | { readonly kind: "scale"; readonly low: string; readonly high: string }
    | {
        readonly kind: "names";
        readonly names: readonly { readonly name: string; readonly colour: string }[];
      };
}

const palette = Array.from({ length: 8 }, (_, index) => `var(--series-${index})`);

export function colouring(tiles: TilesPreview, by: ColourBy): Colouring {
  if (by === "category") return byCategory(categoriesOf(tiles));
  return by === "gain" ? byGain(tiles) : byTimestep(firstTimestep(tiles));
}

function byTimestep(most: number): Colouring {
  return {
    // Noise is dark, the finished picture light.
    colourOf: ({ timestep }) =>
      timestep === undefined ? undefined : even(1 - timestep / Math.max(most, 1)),
    key: { kind: "scale", low: String(most), high: "0" },
  };
}

function byGain({ tiles }: TilesPreview): Colouring {
  const gains = tiles.flatMap(({ steps }) => steps.flatMap(({ gain }) => gain?.noReference ?? []));
  const most = gains.reduce((a, b) => Math.max(a, Math.abs(b)), 0) || 1;
  return {
    colourOf: ({ gain }) =>
      gain === undefined ? undefined : even((gain.noReference + most) / (2 * most)),
    key: { kind: "scale", low: (-most).toPrecision(2), high: most.toPrecision(2) },
  };
}

function byCategory(categories: readonly string[]): Colouring {
  const colourOf = (name: string) => palette[categories.indexOf(name) % palette.length];
  return {
    colourOf: ({ category }) => (category === "" ? undefined : colourOf(category)),
    key: {
      kind: "names",
      names: categories.map((name) => ({ name, colour: colourOf(name) ?? "transparent" })),
    },
  };
}

function even(value: number): string {
  return `rgb(${evenColour(value).join(" ")})`;
}
