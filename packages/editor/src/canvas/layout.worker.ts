import { layOut } from "./auto-layout.js";
import type { LayoutReply, LayoutRequest } from "./start-layout.js";

self.onmessage = ({ data: { scene, ids } }: MessageEvent<LayoutRequest>) => {
  const reply: LayoutReply = layOut(scene, ids);
  self.postMessage(reply);
};
