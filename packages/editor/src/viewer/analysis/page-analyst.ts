import { createContext } from "react";
import { type Analyst, createAnalyst } from "./analyst.js";
import type { Reply } from "./requests.js";

/** The analyst of this page; tests put another one in its place. */
export const AnalystContext = createContext<Analyst>(
  createAnalyst((onReply, onDeath) => {
    const worker = new Worker(new URL("./analysis.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<Reply>) => onReply(data);
    worker.onerror = ({ message }) => {
      worker.terminate();
      onDeath(message);
    };
    return (question) => worker.postMessage(question);
  }),
);
