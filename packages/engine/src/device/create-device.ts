import type { Device, DeviceName } from "./device.js";

/** How much of the machine a device may take. */
export interface DeviceOptions {
  /** Bytes for sessions and tensors together; by default 60 % of the machine's memory. */
  readonly memoryBudget?: number;
  /** Threads of one operator on the CPU; by default every processor that this process may use. */
  readonly threads?: number;
}

/**
 * Opens a device. `auto` tries cuda, then webgpu, then cpu, and the device's `reason` says which
 * of them were refused and why.
 * @throws DiopterError `device/unavailable` when the device that was asked for cannot be used.
 */
export type CreateDevice = (name: DeviceName, options?: DeviceOptions) => Promise<Device>;
