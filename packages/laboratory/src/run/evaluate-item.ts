import { createHash } from "node:crypto";
import { dirname } from "node:path";
import {
  type Device,
  DiopterError,
  type ImageValue,
  type LatentValue,
  Leases,
  type NodeRegistry,
  type RunEvent,
  type RunReport,
  runWorkflow,
  type VaeValue,
  type ValueCache,
  type WorkflowDocument,
  wiresOf,
} from "@diopter/engine";
import type { BandRatiosByClass } from "@diopter/nodes/metrics";
import {
  bandsOfSteps,
  CostMeter,
  type CountedProgram,
  type KeyedNode,
  lumaOf,
  measurePlanes,
  type NodeCost,
  nodeKeys,
  observedDevice,
  type ResultCost,
  StepRecorder,
  sumOfCosts,
} from "../measure/index.js";
import type { Plan, Row, SharpPicture } from "../plan/index.js";
import { isImage, type PoorPicture } from "../prepare/index.js";
import type { ResultItem } from "./results-file.js";
import { settleDocument } from "./settle-document.js";

/** What all items share. */
export interface EvaluationTools {
  readonly plan: Plan;
  readonly registry: NodeRegistry;
  readonly device: Device;
  readonly cache: ValueCache | undefined;
  /** The cache's; without a cache, one's own. Undefined where those of the cache are unknown. */
  readonly leases: Leases | undefined;
  readonly signal: AbortSignal;
  readonly output: string;
  /** Further folders that workflows may read from. */
  readonly readable: readonly string[];
  /** Graphs that were counted, by program. */
  readonly counted: Map<string, CountedProgram>;
  /** What nodes cost when they ran, by content key. */
  readonly costs: Map<string, NodeCost>;
}

/** One item of a plan. */
export interface ItemRequest {
  readonly row: Row;
  readonly picture: SharpPicture;
  readonly poor: PoorPicture;
  readonly degradation: string;
  readonly seed: number;
}

/** An item that is ready to be run, or to be found among earlier results. */
export interface PreparedItem extends ItemRequest {
  readonly key: string;
  readonly document: WorkflowDocument;
  readonly nodes: ReadonlyMap<string, KeyedNode>;
}

/** Raised when what is measured changes its meaning, so that earlier results are not taken. */
const measuresVersion = 1;

/** @throws DiopterError as {@link settleDocument} and {@link nodeKeys}. */
export async function prepareItem(
  request: ItemRequest,
  tools: EvaluationTools,
): Promise<PreparedItem> {
  const { row, poor, seed } = request;
  const { plan, registry } = tools;
  const several = plan.seeds.length > 1;
  const { document, source } = settleDocument(row, registry, poor.path, { seed, several });
  const [node, output] = row.result;
  const nodes = await nodeKeys(document, registry, node, source, row.folder);
  const { measures, border, steps } = plan;
  const parts = [measuresVersion, nodes.get(node)?.key, output, poor.key, measures, border, steps];
  const key = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return { ...request, key, document, nodes };
}

/** Who wants to know of an item while it is evaluated. */
export interface ItemListener {
  onEvent(event: RunEvent): void;
  /** Given the picture that was measured, which is nobody's once this has ended. */
  onResult(result: ImageValue): Promise<void>;
}

/**
 * Runs an item's workflow, node after node, and measures its result. Costs count the nodes that
 * depend on the picture, each as it cost when it really ran.
 * @throws DiopterError of the node that failed, `run/cancelled`.
 */
export async function evaluateItem(
  prepared: PreparedItem,
  tools: EvaluationTools,
  { onEvent, onResult }: ItemListener,
): Promise<ResultItem> {
  const { row, poor, document } = prepared;
  const { plan, signal } = tools;
  // Steps can only be watched where they are taken.
  const kept = plan.steps ? { leases: new Leases() } : { cache: tools.cache, leases: tools.leases };
  const meter = new CostMeter(tools.counted);
  const recorder = new StepRecorder();
  const device = observedDevice(tools.device, async (program, inputs, outputs) => {
    meter.run(program, inputs);
    if (plan.steps) await recorder.run(program, outputs);
  });
  const [node] = row.result;
  const decoding = plan.steps ? decodingOf(document) : undefined;
  const report = await runWorkflow({
    document,
    registry: tools.registry,
    device,
    ...kept,
    folders: {
      base: row.folder,
      readable: [dirname(poor.path), ...tools.readable],
      output: tools.output,
    },
    signal,
    onEvent: (event) => {
      meter.event(event);
      onEvent(event);
    },
    targets: [node],
    values: [node, ...(decoding === undefined ? [] : [decoding.latent, decoding.vae])],
    // One after the other, so that times and device calls belong to one node.
    concurrency: 1,
  });
  try {
    const { item, result } = await measured(prepared, tools, report, { meter, recorder, decoding });
    await onResult(result);
    return item;
  } finally {
    for (const { outputs } of Object.values(report.values).flat()) kept.leases?.release(outputs);
  }
}

/** What was observed of one run. */
interface Observed {
  readonly meter: CostMeter;
  readonly recorder: StepRecorder;
  readonly decoding: Decoding | undefined;
}

async function measured(
  prepared: PreparedItem,
  tools: EvaluationTools,
  report: RunReport,
  { meter, recorder, decoding }: Observed,
): Promise<{ readonly item: ResultItem; readonly result: ImageValue }> {
  const { row, poor, key, degradation, seed, picture } = prepared;
  const { plan } = tools;
  const [node, output] = row.result;
  if (report.error !== undefined) throw new DiopterError(report.error.code, report.error);
  const result = report.values[node]?.[0]?.outputs[output];
  if (!isImage(result)) throw new RangeError(`${node}.${output} gave no picture.`);
  const own = await lumaOf(result, plan.border);
  requireSameSize(own, poor.luma, row);
  const nodes = executedCosts(prepared, report, meter);
  for (const [key, cost] of Object.entries(nodes)) tools.costs.set(key, cost);
  const steps = decoding && (await stepBands(report, decoding, recorder, tools));
  const cost = costOfResult(prepared, tools.costs);
  const item: ResultItem = {
    key,
    row: row.name,
    set: picture.set,
    picture: picture.name,
    degradation,
    seed,
    values: measurePlanes(own, poor.luma, plan.measures),
    nodes,
    ...(cost === undefined ? {} : { cost }),
    ...(steps === undefined ? {} : { steps: steps.map((bands) => ({ ...bands })) }),
  };
  return { item, result };
}

function requireSameSize(
  own: { readonly width: number; readonly height: number },
  reference: { readonly width: number; readonly height: number },
  row: Row,
): void {
  if (own.width === reference.width && own.height === reference.height) return;
  throw new DiopterError("image/size-mismatch", {
    message:
      `"${row.name}" made a picture of ${own.width} × ${own.height}; the sharp one has ` +
      `${reference.width} × ${reference.height}.`,
    remedy: "Let the workflow enlarge by the scale of the degradation.",
  });
}

function executedCosts(
  { nodes }: PreparedItem,
  report: RunReport,
  meter: CostMeter,
): Record<string, NodeCost> {
  const executed = [...nodes].flatMap(([id, { key, fromSource }]) => {
    const own = report.nodes[id];
    if (!fromSource || own?.status !== "executed") return [];
    return [[key, { milliseconds: own.milliseconds, programs: meter.programsOf(id) }] as const];
  });
  return Object.fromEntries(executed);
}

/** Undefined where a node came from a cache and what it had cost is not known. */
function costOfResult(
  { nodes }: PreparedItem,
  costs: ReadonlyMap<string, NodeCost>,
): ResultCost | undefined {
  const parts = [...nodes.values()].filter(({ fromSource }) => fromSource);
  const known = parts.flatMap(({ key }) => costs.get(key) ?? []);
  return known.length === parts.length ? sumOfCosts(known) : undefined;
}

/** The nodes that hold the final latent and the VAE that decodes it, with their outputs. */
interface Decoding {
  readonly latent: string;
  readonly latentOutput: string;
  readonly vae: string;
  readonly vaeOutput: string;
}

function decodingOf(document: WorkflowDocument): Decoding | undefined {
  const decode = Object.values(document.nodes).find(({ type }) => type === "latent/decode");
  const [latent] = wiresOf(decode?.inputs?.latent);
  const [vae] = wiresOf(decode?.inputs?.vae);
  if (latent === undefined || vae === undefined) return undefined;
  return { latent: latent[0], latentOutput: latent[1], vae: vae[0], vaeOutput: vae[1] };
}

async function stepBands(
  report: RunReport,
  decoding: Decoding,
  recorder: StepRecorder,
  tools: EvaluationTools,
): Promise<readonly BandRatiosByClass[]> {
  const latent = report.values[decoding.latent]?.[0]?.outputs[decoding.latentOutput];
  const vae = report.values[decoding.vae]?.[0]?.outputs[decoding.vaeOutput];
  if (!isLatent(latent) || !isVae(vae)) return [];
  return bandsOfSteps(recorder.stepsOf(latent), latent, vae, tools);
}

function isLatent(value: unknown): value is LatentValue {
  return typeof value === "object" && value !== null && "samples" in value && "space" in value;
}

function isVae(value: unknown): value is VaeValue {
  return typeof value === "object" && value !== null && "decoder" in value;
}
