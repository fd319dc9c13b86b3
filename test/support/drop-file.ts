import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

/** Hands a file over to the page as a drop on whatever lies there. */
export async function dropFile(page: Page, path: string, [x, y]: readonly [number, number]) {
  const name = path.split("/").at(-1) ?? "";
  const bytes = readFileSync(path).toString("base64");
  await page.evaluate(`(() => {
    const target = document.elementFromPoint(${x}, ${y});
    const bytes = Uint8Array.from(atob(${JSON.stringify(bytes)}), (one) => one.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], ${JSON.stringify(name)}, { type: "image/png" }));
    const options = { dataTransfer: data, bubbles: true, cancelable: true, clientX: ${x}, clientY: ${y} };
    target.dispatchEvent(new DragEvent("dragover", options));
    target.dispatchEvent(new DragEvent("drop", options));
  })()`);
}
