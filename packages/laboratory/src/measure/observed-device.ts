import type { Device, Tensor, TensorProgram } from "@diopter/engine";

type Tensors = Readonly<Record<string, Tensor>>;

/** Told of every run of a program, before whoever asked for it gets the outputs. */
export type RunListener = (
  program: TensorProgram,
  inputs: Tensors,
  outputs: Tensors,
) => void | Promise<void>;

/** The same device, with somebody who watches. Disposing of it leaves the device itself alone. */
export function observedDevice(device: Device, listener: RunListener): Device {
  return {
    id: device.id,
    description: device.description,
    ...(device.reason === undefined ? {} : { reason: device.reason }),
    memoryBudget: device.memoryBudget,
    run: async (program, inputs, options) => {
      const outputs = await device.run(program, inputs, options);
      await listener(program, inputs, outputs);
      return outputs;
    },
    statistics: () => device.statistics(),
    trim: () => device.trim(),
    dispose: async () => {},
  };
}
