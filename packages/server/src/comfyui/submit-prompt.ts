import { randomUUID } from "node:crypto";
import { DiopterError } from "@diopter/engine";
import { z } from "zod";
import { fromPrompt, type Prompt, readPrompt } from "../comfyui-workflows/index.js";
import type { Services } from "../services.js";
import { type NodeErrors, type PromptRefusal, promptError, refusal } from "./prompt-errors.js";
import type { StoredPrompt } from "./stored-prompt.js";
import { uploadedPictures } from "./uploaded-pictures.js";
import { validatePrompt } from "./validate-prompt.js";

const requestSchema = z.looseObject({
  prompt: z.unknown().optional(),
  client_id: z.string().max(200).nullish(),
  prompt_id: z.unknown().optional(),
  number: z.number().nullish(),
  front: z.boolean().nullish(),
  extra_data: z.record(z.string(), z.unknown()).nullish(),
  partial_execution_targets: z.array(z.string().max(500)).max(10_000).nullish(),
});

/** The answer to POST /prompt. */
export type PromptAnswer =
  | { readonly accepted: false; readonly refusal: PromptRefusal }
  | {
      readonly accepted: true;
      readonly id: string;
      readonly number: number;
      readonly nodeErrors: Readonly<Record<string, NodeErrors>>;
    };

const refused = (...error: Parameters<typeof promptError>): PromptAnswer => ({
  accepted: false,
  refusal: refusal(promptError(...error)),
});

/** Takes a prompt, or says why not in ComfyUI's words. */
export async function submitPrompt(
  body: unknown,
  number: number,
  services: Services,
): Promise<PromptAnswer> {
  const request = requestSchema.safeParse(body);
  if (!request.success || request.data.prompt === undefined) {
    return refused("no_prompt", "No prompt provided", "No prompt provided");
  }
  const { prompt_id: id = randomUUID() } = request.data;
  if (typeof id !== "string" || !z.uuid().safeParse(id).success) {
    return refused("invalid_prompt_id", "The prompt's id is no UUID", String(id));
  }
  const prompt = tryReadPrompt(request.data.prompt);
  if (DiopterError.is(prompt)) return unreadable(request.data.prompt, prompt);
  requireSize(prompt, services.settings.workflowNodes);
  const validated = validatePrompt(prompt, {
    registry: services.registry,
    hasPicture: uploadedPictures(services),
    targets: request.data.partial_execution_targets ?? undefined,
  });
  if (!validated.valid) return { accepted: false, refusal: validated.refusal };
  const { outputs, nodeErrors } = validated;
  const { front, extra_data: extraData, client_id: client } = request.data;
  const isFirst = front === true || (request.data.number ?? 0) < 0;
  const kept = { prompt, extraData: extraData ?? {}, client: client ?? undefined, number };
  try {
    await queue(id, validated.prompt, { ...kept, outputs: [...outputs] }, isFirst, services);
    return { accepted: true, id, number, nodeErrors };
  } catch (thrown) {
    if (!DiopterError.is(thrown) || isOfTheServer(thrown)) throw thrown;
    return { accepted: false, refusal: ofEngine(thrown, prompt) };
  }
}

const unnamedSchema = z.record(z.string(), z.looseObject({ class_type: z.string().optional() }));

/** A node without a class is the one fault of form that ComfyUI has words for. */
function unreadable(data: unknown, error: DiopterError): PromptAnswer {
  const nodes = Object.entries(unnamedSchema.safeParse(data).data ?? {});
  const [id] = nodes.find(([, node]) => node.class_type === undefined) ?? [];
  if (id === undefined) return refused("invalid_prompt", error.message, error.remedy);
  const message = `Node '${id}' has no class_type. The workflow may be corrupted.`;
  const extra = { node_id: id, class_type: null, node_title: id };
  return refused("missing_node_type", message, `Node ID '#${id}'`, extra);
}

function requireSize(prompt: Prompt, most: number): void {
  const count = Object.keys(prompt).length;
  if (count <= most) return;
  throw new DiopterError("document/too-large", {
    message: `The prompt has ${count} nodes.`,
    remedy: `At most ${most} are taken: split it into several.`,
  });
}

type Kept = Pick<StoredPrompt, "prompt" | "extraData" | "client" | "number" | "outputs">;

async function queue(
  id: string,
  prompt: Prompt,
  kept: Kept,
  first: boolean,
  { jobs, registry }: Services,
): Promise<void> {
  const { document, names, problems } = fromPrompt(prompt, registry, { pictures: "uploads/" });
  const [problem] = problems;
  if (problem !== undefined) throw problem;
  const stored: StoredPrompt = {
    protocol: "comfyui",
    ...kept,
    owners: ownersOf(Object.keys(document.nodes), names),
  };
  await jobs.submitDocument(document, {
    id,
    first,
    name: nameOf(kept),
    targets: kept.outputs.map((output) => names.get(output) ?? output),
    texts: textsOf(kept),
    extra: JSON.stringify(stored),
  });
}

function ownersOf(
  nodes: readonly string[],
  names: ReadonlyMap<string, string>,
): Record<string, string> {
  const byName = new Map([...names].map(([id, name]) => [name, id]));
  const owners = nodes.map((node) => {
    const part = node.lastIndexOf("/");
    return [node, byName.get(node) ?? byName.get(node.slice(0, Math.max(0, part))) ?? node];
  });
  return Object.fromEntries(owners);
}

function nameOf({ prompt, outputs }: Kept): string {
  const [first = ""] = outputs;
  const values = Object.hasOwn(prompt, first) ? prompt[first]?.inputs : undefined;
  const named = z.object({ filename_prefix: z.string() }).safeParse(values);
  return `ComfyUI: ${named.data?.filename_prefix ?? first}`.slice(0, 200);
}

/** What ComfyUI writes into the pictures that it saves. */
function textsOf({ prompt, extraData }: Kept): Record<string, string> {
  const pnginfo = z.record(z.string(), z.unknown()).safeParse(extraData.extra_pnginfo).data ?? {};
  const texts = Object.entries({ ...pnginfo, prompt })
    .filter(([key, value]) => value !== undefined && /^[\x21-\x7e][\x20-\x7e]{0,78}$/.test(key))
    .map(([key, value]) => [key, JSON.stringify(value)]);
  return Object.fromEntries(texts);
}

function tryReadPrompt(data: unknown): Prompt | DiopterError {
  try {
    return readPrompt(data);
  } catch (thrown) {
    if (DiopterError.is(thrown)) return thrown;
    throw thrown;
  }
}

/** A full queue or a server that stops is no fault of the prompt. */
function isOfTheServer({ code }: DiopterError): boolean {
  return /^(queue|server|internal|request)\//.test(code);
}

function ofEngine(error: DiopterError, prompt: Prompt): PromptRefusal {
  const { code, message, remedy, port, node = "" } = error;
  const details = `${port === undefined ? "" : `${port} - `}${message} ${remedy}`;
  const extra = { code, ...(port === undefined ? {} : { input_name: port }) };
  const placed = promptError(
    "custom_validation_failed",
    "Custom validation failed for node",
    details,
    extra,
  );
  const id = Object.hasOwn(prompt, node) ? node : (node.split("/")[0] ?? "");
  const type = Object.hasOwn(prompt, id) ? prompt[id]?.class_type : undefined;
  return {
    error: promptError("prompt_outputs_failed_validation", message, details, extra),
    node_errors:
      type === undefined
        ? {}
        : { [id]: { errors: [placed], dependent_outputs: [], class_type: type } },
  };
}
