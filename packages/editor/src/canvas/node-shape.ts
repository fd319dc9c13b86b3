import type { ShownPorts } from "./node-ports.js";

/** Sizes of a node's parts in pixels at full zoom: the style sheet draws them at these places. */
export const measures = {
  width: 224,
  leastWidth: 160,
  mostWidth: 960,
  header: 34,
  gap: 6,
  row: 24,
  parameter: 22,
  picture: 128,
  shownParameters: 6,
} as const;

/** Where the parts of a node lie, from its upper left corner. */
export interface NodeShape {
  readonly width: number;
  readonly height: number;
  /** Height of each port's middle, in the order of the ports. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly parametersAt: number;
  readonly pictureAt: number;
  readonly pictureHeight: number;
}

interface ShapeOptions {
  /** How many parameters the node has. */
  readonly parameters: number;
  readonly isCollapsed: boolean;
  readonly hasPicture: boolean;
  readonly width?: number | undefined;
}

/**
 * The shape of a node follows from what it shows, so that wires find its sockets without measuring
 * the page, and while the node is not on it.
 */
export function nodeShape(ports: ShownPorts, options: ShapeOptions): NodeShape {
  const { header, gap, row, parameter, picture } = measures;
  const width = allowedWidth(options.width ?? measures.width);
  // A wider node shows more of its picture, and not just more beside it.
  const pictureHeight = Math.round((picture * width) / measures.width);
  if (options.isCollapsed) {
    const middle = header / 2;
    return {
      width,
      height: header,
      inputs: ports.inputs.map(() => middle),
      outputs: ports.outputs.map(() => middle),
      parametersAt: header,
      pictureAt: header,
      pictureHeight,
    };
  }
  const top = header + gap;
  const middleOf = (index: number) => top + row * index + row / 2;
  const rows = Math.max(ports.inputs.length, ports.outputs.length);
  const parametersAt = top + rows * row + (rows > 0 && options.parameters > 0 ? gap : 0);
  const pictureAt = parametersAt + shownRows(options.parameters) * parameter;
  const end = options.hasPicture ? pictureAt + gap + pictureHeight : pictureAt;
  return {
    width,
    height: end + gap,
    inputs: ports.inputs.map((_, index) => middleOf(index)),
    outputs: ports.outputs.map((_, index) => middleOf(index)),
    parametersAt,
    pictureAt: pictureAt + gap,
    pictureHeight,
  };
}

/** The nearest width that a node can have. */
export function allowedWidth(width: number): number {
  return Math.min(measures.mostWidth, Math.max(measures.leastWidth, width));
}

/** How many lines the parameters of a node take: the last one may say how many more there are. */
export function shownRows(parameters: number): number {
  return Math.min(parameters, measures.shownParameters);
}
