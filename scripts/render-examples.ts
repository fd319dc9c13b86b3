import { mkdirSync, writeFileSync } from "node:fs";
import { renderPictures } from "./examples/pictures.js";

const folder = new URL("../../examples/", import.meta.url);

mkdirSync(folder, { recursive: true });
for (const { name, bytes } of await renderPictures()) {
  writeFileSync(new URL(name, folder), bytes);
  console.log(`examples/${name}: ${bytes.length} bytes`);
}
