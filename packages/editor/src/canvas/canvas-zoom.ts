import { Zoom } from "rete-area-plugin";

const wheelStep = 0.12;

/**
 * Zooms with the wheel. A double click does not zoom: it opens the menu of nodes. Two fingers are
 * followed by CanvasFingers, who also see those that land on nodes and sockets.
 */
export class CanvasZoom extends Zoom {
  constructor() {
    super(wheelStep);
    this.dblclick = () => {};
    this.down = () => {};
  }
}
