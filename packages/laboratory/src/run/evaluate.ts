import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  type Device,
  type ErrorDescription,
  type ImageValue,
  Leases,
  type NodeRegistry,
  toDiopterError,
  type ValueCache,
} from "@diopter/engine";
import type { Degradation, OpenedPlan, Row, SharpPicture } from "../plan/index.js";
import { rowsOf } from "../plan/index.js";
import { type PoorPicture, preparePicture } from "../prepare/index.js";
import { CropFolder, type CropPlace, cropPlace, cropPng, loadPicture } from "./crops.js";
import {
  type EvaluationTools,
  evaluateItem,
  type ItemRequest,
  prepareItem,
} from "./evaluate-item.js";
import { type ResultItem, ResultsFile } from "./results-file.js";

/** What an evaluation is told. */
export interface EvaluationOptions {
  readonly opened: OpenedPlan;
  readonly pictures: readonly SharpPicture[];
  readonly registry: NodeRegistry;
  readonly device: Device;
  readonly cache?: ValueCache | undefined;
  readonly leases?: Leases | undefined;
  /** Further folders that workflows may read from. */
  readonly readable: readonly string[];
  /** Results, small pictures and crops are written there. */
  readonly output: string;
  /** False measures everything anew. */
  readonly resume: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: EvaluationProgress) => void) | undefined;
}

/** How far an evaluation has come. */
export interface EvaluationProgress {
  readonly done: number;
  readonly total: number;
  /** What runs now. */
  readonly label: string;
  /** 0 to 1 over everything. */
  readonly fraction: number;
  /** Milliseconds left at the pace so far. */
  readonly remaining?: number;
}

/** An item that could not be measured. */
export interface FailedItem {
  readonly row: string;
  readonly picture: string;
  readonly error: ErrorDescription;
}

/** The names of one picture's crops in the folder `crops`. */
export interface CropSet {
  readonly title: string;
  readonly input: string;
  readonly reference: string;
  /** One a row that has one. */
  readonly rows: readonly { readonly row: string; readonly crop: string }[];
}

/** What an evaluation has measured. */
export interface Evaluation {
  readonly rows: readonly string[];
  readonly items: readonly ResultItem[];
  readonly failures: readonly FailedItem[];
  readonly crops: readonly CropSet[];
  /** Items that an earlier evaluation had measured. */
  readonly resumed: number;
  readonly cancelled: boolean;
}

/** So many pictures are shown in the report. */
const shownPictures = 3;

/**
 * Measures everything that a plan asks for and that an earlier evaluation into the same folder has
 * not measured. An item that fails does not stop the others; a cancel ends it in good order.
 * @throws DiopterError when the plan's workflows cannot be used, `output/unwritable`.
 */
export async function evaluate(options: EvaluationOptions): Promise<Evaluation> {
  const { opened, registry, output, signal } = options;
  const { plan } = opened;
  const rows = await rowsOf(opened, registry);
  const results = await ResultsFile.open(join(output, "results.jsonl"), options.resume);
  const tools: EvaluationTools = {
    ...options,
    plan,
    cache: options.cache,
    leases: options.leases ?? (options.cache === undefined ? new Leases() : undefined),
    counted: new Map(),
    costs: new Map(results.items.flatMap(({ nodes }) => Object.entries(nodes))),
  };
  const total =
    options.pictures.length * plan.degradations.length * plan.seeds.length * rows.length;
  const session = new Session(tools, results, total, options.onProgress);
  for (const [index, picture] of options.pictures.entries()) {
    for (const degradation of plan.degradations) {
      if (signal.aborted) break;
      const isShown = index < shownPictures && degradation === plan.degradations[0];
      await session.measurePicture(picture, degradation, rows, isShown);
    }
  }
  return { rows: rows.map(({ name }) => name), ...session.outcome(signal.aborted) };
}

class Session {
  readonly #tools: EvaluationTools;
  readonly #results: ResultsFile;
  readonly #total: number;
  readonly #onProgress: ((progress: EvaluationProgress) => void) | undefined;
  readonly #crops: CropFolder;
  readonly #items: ResultItem[] = [];
  readonly #failures: FailedItem[] = [];
  readonly #shown: CropSet[] = [];
  readonly #started = performance.now();
  #done = 0;
  #resumed = 0;

  constructor(
    tools: EvaluationTools,
    results: ResultsFile,
    total: number,
    onProgress: ((progress: EvaluationProgress) => void) | undefined,
  ) {
    this.#tools = tools;
    this.#results = results;
    this.#total = total;
    this.#onProgress = onProgress;
    this.#crops = new CropFolder(tools.output);
  }

  async measurePicture(
    picture: SharpPicture,
    degradation: Degradation,
    rows: readonly Row[],
    isShown: boolean,
  ): Promise<void> {
    const poor = await this.#attempt(`${picture.name}, ${degradation.name}`, picture, () =>
      preparePicture(picture, degradation, this.#tools),
    );
    if (poor === undefined) {
      this.#done += rows.length * this.#tools.plan.seeds.length;
      return;
    }
    const shown = isShown ? await this.#beginShown(picture, degradation, poor) : undefined;
    const crops: { row: string; crop: string }[] = [];
    for (const row of rows) {
      const request = { row, picture, poor, degradation: degradation.name };
      const [crop] = await this.#measureSeeds(request, shown?.place);
      if (crop !== undefined && shown !== undefined) crops.push({ row: row.name, crop });
    }
    if (shown !== undefined) this.#shown.push({ ...shown.set, rows: crops });
  }

  /** The key of each seed's item, undefined where it failed. Crops are made of the first seed's. */
  async #measureSeeds(
    request: Omit<ItemRequest, "seed">,
    place: CropPlace | undefined,
  ): Promise<readonly (string | undefined)[]> {
    const keys: (string | undefined)[] = [];
    for (const [index, seed] of this.#tools.plan.seeds.entries()) {
      if (this.#tools.signal.aborted) break;
      const crop = index === 0 ? place : undefined;
      const work = () => this.#item({ ...request, seed }, crop);
      keys.push(await this.#attempt(request.row.name, request.picture, work));
      this.#done += 1;
    }
    return keys;
  }

  outcome(cancelled: boolean): Omit<Evaluation, "rows"> {
    return {
      items: this.#items,
      failures: this.#failures,
      crops: this.#shown,
      resumed: this.#resumed,
      cancelled,
    };
  }

  /** Measures one item, or finds it. Gives its key, which is its crop's name. */
  async #item(request: ItemRequest, place: CropPlace | undefined): Promise<string> {
    const { row, picture, degradation, seed } = request;
    const label = `${picture.name}: ${row.name}`;
    this.#tell(label, 0);
    const prepared = await prepareItem(request, this.#tools);
    const { key } = prepared;
    const about = { row: row.name, set: picture.set, picture: picture.name, degradation, seed };
    const known = this.#results.find({ key, ...about });
    const isComplete = place === undefined || (await this.#crops.read(key)) !== undefined;
    if (known !== undefined && isComplete) {
      this.#items.push(known);
      this.#resumed += 1;
      return key;
    }
    const item = await evaluateItem(prepared, this.#tools, {
      onEvent: (event) => {
        if (event.type === "run-progressed") this.#tell(label, event.fraction);
      },
      onResult: async (result) => {
        if (place !== undefined) await this.#crops.write(key, await cropPng(result, place));
      },
    });
    await this.#results.add(item);
    this.#items.push(item);
    return key;
  }

  async #beginShown(picture: SharpPicture, degradation: Degradation, poor: PoorPicture) {
    const place = await cropPlace(poor.reference);
    const name = createHash("sha256").update(poor.key).digest("hex").slice(0, 16);
    const [input, reference] = [`${name}-input`, `${name}-reference`];
    const small: ImageValue = await loadPicture(poor.path);
    await this.#crops.write(input, await cropPng(small, place, degradation.scale));
    await this.#crops.write(reference, await cropPng(poor.reference, place));
    return { place, set: { title: `${picture.set}: ${picture.name}`, input, reference } };
  }

  async #attempt<T>(
    row: string,
    picture: SharpPicture,
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await work();
    } catch (thrown) {
      const error = toDiopterError(thrown).toJSON();
      if (!this.#tools.signal.aborted) {
        this.#failures.push({ row, picture: picture.name, error });
      }
      return undefined;
    }
  }

  #tell(label: string, part: number): void {
    const [done, total] = [this.#done, this.#total];
    const fraction = total === 0 ? 1 : (done + part) / total;
    const fresh = done + part - this.#resumed;
    const elapsed = performance.now() - this.#started;
    const remaining = fresh > 0.5 ? (elapsed / fresh) * (total - done - part) : undefined;
    const known = remaining === undefined ? {} : { remaining };
    this.#onProgress?.({ done, total, label, fraction, ...known });
  }
}
