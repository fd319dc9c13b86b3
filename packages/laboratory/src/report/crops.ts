import type { CropSet } from "../run/index.js";
import { escapeHtml } from "./escape.js";

/** One picture's crops side by side: the small picture, every row's result, the sharp picture. */
export function cropsOf(set: CropSet, images: ReadonlyMap<string, Uint8Array>): string {
  const figures = [
    figure("Input", images.get(set.input)),
    ...set.rows.map(({ row, crop }) => figure(row, images.get(crop))),
    figure("Sharp picture", images.get(set.reference)),
  ];
  return `<h3>${escapeHtml(set.title)}</h3><div class="crops">${figures.join("")}</div>`;
}

function figure(title: string, png: Uint8Array | undefined): string {
  if (png === undefined) return "";
  const data = Buffer.from(png).toString("base64");
  const text = escapeHtml(title);
  return (
    `<figure><img src="data:image/png;base64,${data}" alt="${text}" width="192" height="192">` +
    `<figcaption>${text}</figcaption></figure>`
  );
}
