import type { Device } from "@diopter/engine";

/** The same device; `before` is called when a run is about to block this thread. */
export function announcingDevice(device: Device, before: () => void): Device {
  return {
    id: device.id,
    description: device.description,
    ...(device.reason === undefined ? {} : { reason: device.reason }),
    memoryBudget: device.memoryBudget,
    run(program, inputs, options) {
      before();
      return device.run(program, inputs, options);
    },
    statistics: () => device.statistics(),
    trim: () => device.trim(),
    dispose: () => device.dispose(),
  };
}
