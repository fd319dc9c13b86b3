import { parentPort } from "node:worker_threads";
import { gaussianNoise, type NoiseRequest } from "./gaussian-noise.js";
import { type NoiseAnswer, ready } from "./noise-answer.js";

const port = parentPort;

port?.on("message", (request: NoiseRequest) => {
  const answer = draw(request);
  port.postMessage(answer, answer === undefined ? [] : [answer.buffer]);
});
port?.postMessage(ready);

/** Undefined where it cannot be drawn: who asked draws it again, and meets the reason there. */
function draw(request: NoiseRequest): NoiseAnswer {
  try {
    return gaussianNoise(request);
  } catch {
    return undefined;
  }
}
