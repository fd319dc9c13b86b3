import { mkdir, open, readFile, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const bands = z.object({ low: z.number(), middle: z.number(), high: z.number() });
const program = z.object({
  key: z.string(),
  runs: z.number(),
  evaluations: z.number(),
  macs: z.number(),
  parameters: z.number(),
  complete: z.boolean(),
});

const itemSchema = z.object({
  /** Content key of the result and of how it was measured. */
  key: z.string(),
  row: z.string(),
  set: z.string(),
  picture: z.string(),
  degradation: z.string(),
  seed: z.number(),
  values: z.record(z.string(), z.number()),
  /** Absent where a part of it came from a cache and nobody knows what it had cost. */
  cost: z
    .object({
      milliseconds: z.number(),
      evaluations: z.number(),
      macs: z.number(),
      parameters: z.number(),
      complete: z.boolean(),
    })
    .optional(),
  /** What the nodes that ran for this item cost, by content key. */
  nodes: z.record(
    z.string(),
    z.object({ milliseconds: z.number(), programs: z.array(program).readonly() }),
  ),
  /** The SNR of each sampling step's estimate, `all` and by patch class. */
  steps: z.array(z.record(z.string(), bands)).optional(),
});

/** One measured result: a line of the results file. */
export type ResultItem = Readonly<z.infer<typeof itemSchema>>;

/**
 * What has been measured so far, one JSON object a line. A line is written and flushed at once when
 * its item is done; one that was cut off by a crash is removed when the file is opened again.
 */
export class ResultsFile {
  readonly #path: string;
  readonly #items: Map<string, ResultItem>;

  private constructor(path: string, items: readonly ResultItem[]) {
    this.#path = path;
    this.#items = new Map(items.map((item) => [identity(item), item]));
  }

  /** @param resume - false begins anew. */
  static async open(path: string, resume: boolean): Promise<ResultsFile> {
    await mkdir(dirname(path), { recursive: true });
    const text = resume ? await readFile(path, "utf8").catch(() => "") : "";
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    await (await open(path, "a")).close();
    await truncate(path, Buffer.byteLength(whole));
    return new ResultsFile(path, whole.split("\n").flatMap(readLine));
  }

  get items(): readonly ResultItem[] {
    return [...this.#items.values()];
  }

  find(place: ItemPlace): ResultItem | undefined {
    return this.#items.get(identity(place));
  }

  async add(item: ResultItem): Promise<void> {
    const file = await open(this.#path, "a");
    try {
      await file.writeFile(`${JSON.stringify(item)}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
    this.#items.set(identity(item), item);
  }
}

/** What an item is about. */
export type ItemPlace = Pick<
  ResultItem,
  "key" | "row" | "set" | "picture" | "degradation" | "seed"
>;

function identity({ key, row, set, picture, degradation, seed }: ItemPlace): string {
  return JSON.stringify([key, row, set, picture, degradation, seed]);
}

function readLine(line: string): readonly ResultItem[] {
  try {
    const result = itemSchema.safeParse(JSON.parse(line));
    return result.success ? [result.data] : [];
  } catch {
    return [];
  }
}
