import type { Distance } from "./difference.js";
import type { Histogram } from "./histogram.js";
import type { Colour, Pixels } from "./pixels.js";
import type { AnalysisAnswer, AnalysisRequest, Question, Reply } from "./requests.js";

/** Whoever answers: told how to give replies and how to say that it died, it takes questions. */
export type StartAnalysis = (
  onReply: (reply: Reply) => void,
  onDeath: (message: string) => void,
) => (question: Question) => void;

/** Asks questions about pictures; a worker answers them beside the page, so that it never stalls. */
export interface Analyst {
  readonly histogram: (url: string) => Promise<Histogram>;
  /** The pixel in column x and row y; undefined outside. */
  readonly pixel: (url: string, x: number, y: number) => Promise<Colour | undefined>;
  /** The second picture is resampled to the first one's size. */
  readonly distance: (a: string, b: string) => Promise<Distance>;
  readonly difference: (a: string, b: string, gain: number) => Promise<Pixels>;
  readonly heatMap: (url: string) => Promise<Pixels>;
}

interface Waiting {
  readonly take: (answer: AnalysisAnswer) => void;
  readonly reject: (reason: Error) => void;
}

/** An analyst that hands its questions to a worker, which starts with the first one. */
export function createAnalyst(start: StartAnalysis): Analyst {
  const waiting = new Map<number, Waiting>();
  let send: ((question: Question) => void) | undefined;
  let count = 0;

  const onReply = (reply: Reply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ("error" in reply) asked?.reject(new Error(reply.error));
    else asked?.take(reply.answer);
  };
  // The next question starts another worker.
  const onDeath = (message: string) => {
    send = undefined;
    const lost = [...waiting.values()];
    waiting.clear();
    for (const { reject } of lost) reject(new Error(message));
  };

  const ask = <T>(
    request: AnalysisRequest,
    read: (answer: AnalysisAnswer) => { readonly value: T } | undefined,
  ) =>
    new Promise<T>((resolve, reject) => {
      send ??= start(onReply, onDeath);
      count += 1;
      const take = (answer: AnalysisAnswer) => {
        const found = read(answer);
        if (found === undefined) reject(new Error(answer.kind));
        else resolve(found.value);
      };
      waiting.set(count, { take, reject });
      send({ id: count, request });
    });
  const draw = (request: AnalysisRequest) =>
    ask(request, (answer) => (answer.kind === "drawing" ? answer : undefined));

  return {
    histogram: (url) =>
      ask({ kind: "histogram", url }, (answer) =>
        answer.kind === "histogram" ? answer : undefined,
      ),
    pixel: (url, x, y) =>
      ask({ kind: "pixel", url, x, y }, (answer) => (answer.kind === "pixel" ? answer : undefined)),
    distance: (a, b) =>
      ask({ kind: "distance", a, b }, (answer) =>
        answer.kind === "distance" ? answer : undefined,
      ),
    difference: (a, b, gain) => draw({ kind: "difference", a, b, gain }),
    heatMap: (url) => draw({ kind: "heat-map", url }),
  };
}
