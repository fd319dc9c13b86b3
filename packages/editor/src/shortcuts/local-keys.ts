import { localKeyStrings as words } from "../strings/keys.js";

/** Keys of one part of the window, which it follows itself while it has the focus. */
export interface LocalKeys {
  readonly label: string;
  readonly keys: readonly string[];
}

/** Keys of a pane that shows a picture. */
export const pictureKeys = {
  zoomIn: { label: words.zoomIn, keys: ["Plus", "="] },
  zoomOut: { label: words.zoomOut, keys: ["-"] },
  fit: { label: words.fit, keys: ["0"] },
  actual: { label: words.actual, keys: ["1"] },
} as const satisfies Readonly<Record<string, LocalKeys>>;

/** What the map lists besides actions: keys that mean something in one part only. */
export const localKeys: readonly { readonly title: string; readonly keys: readonly LocalKeys[] }[] =
  [
    {
      title: words.picture,
      keys: [...Object.values(pictureKeys), { label: words.pan, keys: ["ArrowLeft", "ArrowUp"] }],
    },
    {
      title: words.fields,
      keys: [
        { label: words.step, keys: ["ArrowUp", "ArrowDown"] },
        { label: words.farStep, keys: ["PageUp", "PageDown"] },
        { label: words.ends, keys: ["Home", "End"] },
        { label: words.resize, keys: ["ArrowLeft", "ArrowRight"] },
        { label: words.reorder, keys: ["ArrowUp", "ArrowDown"] },
        { label: words.rename, keys: ["Enter", "F2"] },
        { label: words.takeBack, keys: ["Escape"] },
      ],
    },
    {
      title: words.lists,
      keys: [
        { label: words.choose, keys: ["ArrowUp", "ArrowDown"] },
        { label: words.accept, keys: ["Enter"] },
        { label: words.close, keys: ["Escape"] },
        { label: words.tabs, keys: ["ArrowLeft", "ArrowRight"] },
      ],
    },
  ];
