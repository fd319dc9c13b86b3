import { Zoom } from "rete-area-plugin";

const wheelStep = 0.12;

/**
 * Zooms with the wheel and with two fingers. A double click does not zoom: it opens the menu of
 * nodes. Over what scrolls by itself, such as a list in a node, the wheel is left to it.
 */
export class CanvasZoom extends Zoom {
  constructor() {
    super(wheelStep);
    this.dblclick = () => {};
  }
}
