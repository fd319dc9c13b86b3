import { announce } from "../state/notices.js";
import { canvasStrings } from "../strings/canvas.js";
import { interactionStore } from "./interaction.js";

/** Whether presses add to the choice of nodes and drags draw a box: what Shift does, without a key. */
export function setChoosing(isChoosing: boolean): void {
  if (interactionStore.getState().isChoosing === isChoosing) return;
  interactionStore.setState({ isChoosing });
  announce(isChoosing ? canvasStrings.choosing : canvasStrings.choosingEnded);
}

/** Begins or ends choosing several nodes. */
export function toggleChoosing(): void {
  setChoosing(!interactionStore.getState().isChoosing);
}
