/** Words of the map of keys about single parts, and about mouse and fingers. */
export const localKeyStrings = {
  picture: "In a picture",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  fit: "Fit the picture",
  actual: "Actual pixels",
  pan: "Move it",
  fields: "On numbers, sliders and handles",
  step: "Step; with Shift finer, with Ctrl coarser",
  farStep: "Large step",
  takeBack: "Take a drag back",
  ends: "To the least or the most",
  resize: "Resize a pane at its edge",
  reorder: "Move a waiting job at its handle",
  rename: "Name a frame",
  lists: "In menus and lists",
  choose: "Choose",
  accept: "Accept",
  close: "Close",
  tabs: "Change the tab",
  pointers: "Mouse and touch",
  mouse: "Mouse",
  finger: "Touch",
};

/** What a mouse and fingers do on the canvas: what, with the mouse, by touch. */
export const gestureStrings: readonly (readonly [what: string, mouse: string, touch: string])[] = [
  ["Pan", "Drag the empty canvas", "Drag with one finger, or two"],
  ["Zoom", "Wheel", "Pinch"],
  ["Add a node", "Double click", "Double tap"],
  ["Menu of a node, wire, frame or the canvas", "Right click", "Long press"],
  ["Choose several", "Shift: click or drag a box", "Long press, then drag a box"],
  ["Wire sockets", "Drag, or click both", "Drag, or tap both"],
  ["Reroute point", "Double click a wire", "Double tap a wire"],
  ["Drag copies of nodes", "Alt: drag", "Menu: Duplicate"],
  ["What a button is called", "Rest on it", "Long press"],
];
