import {
  type DenoiserValue,
  DiopterError,
  defineNode,
  denoiser,
  float32Output,
  float32Tensor,
  moduleProgram,
  number,
  type RunContext,
  type Streamlining,
} from "@diopter/engine";

export const streamline = defineNode({
  type: "model/streamline",
  version: 1,
  title: "Streamline",
  help: "Fixes a denoiser to one timestep: what depends on time alone becomes constants.",
  source: "TinySR, component streamlining",
  inputs: { denoiser: denoiser() },
  params: {
    timestep: number({
      default: 0,
      min: 0,
      max: 100000,
      help: "0 stands for T, the noisiest, where sampling in one step works.",
    }),
  },
  outputs: { denoiser: denoiser() },
  run: async (inputs, params, context) => {
    const { streamlining, process } = inputs.denoiser;
    if (streamlining === undefined) throw nothingToRemove(inputs.denoiser);
    const timestep = params.timestep === 0 ? process.timesteps : params.timestep;
    if (timestep > process.timesteps) throw tooLate(inputs.denoiser, timestep);
    const constants = await constantsAt(streamlining, timestep, context);
    return { denoiser: streamlining.withConstants(timestep, constants) };
  },
});

async function constantsAt(
  { constants }: Streamlining,
  timestep: number,
  { device, signal }: Pick<RunContext, "device" | "signal">,
): Promise<Readonly<Record<string, Float32Array>>> {
  const program = moduleProgram(constants, { timestep: [1, 1, 1, 1] });
  const input = { timestep: float32Tensor([1, 1, 1, 1], Float32Array.of(timestep)) };
  const outputs = await device.run(program, input, { signal });
  const numbers: Record<string, Float32Array> = {};
  for (const name of Object.keys(outputs)) {
    const tensor = float32Output(outputs, name);
    numbers[name] = (await tensor.read()).slice();
    tensor.dispose();
  }
  return numbers;
}

function nothingToRemove({ name, fixed }: DenoiserValue): DiopterError {
  const why = fixed === undefined ? "has no time modules that are known here" : "is so already";
  return new DiopterError("model/mismatch", {
    message: `${name} cannot be streamlined: it ${why}.`,
    remedy: "Leave the node out, or load another model.",
    port: "denoiser",
  });
}

function tooLate({ name, process }: DenoiserValue, timestep: number): DiopterError {
  return new DiopterError("node/invalid-value", {
    message: `The timestep ${timestep} lies beyond ${process.timesteps}, the last of ${name}.`,
    remedy: `Take one up to ${process.timesteps}, or 0 for that.`,
    port: "timestep",
  });
}
