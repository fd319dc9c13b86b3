import { cachedReader } from "./pixel-cache.js";
import { answer, type Question, type Reply } from "./requests.js";

const read = cachedReader(async (url, size) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const bitmap = await createImageBitmap(await response.blob());
  const { width, height } = size ?? bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("This browser cannot read pixels here.");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data };
});

const reply = (message: Reply) => self.postMessage(message);

self.onmessage = async ({ data: { id, request } }: MessageEvent<Question>) => {
  try {
    reply({ id, answer: await answer(request, read) });
  } catch (error) {
    reply({ id, error: error instanceof Error ? error.message : String(error) });
  }
};
