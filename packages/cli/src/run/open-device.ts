import { createDevice, type Device, type DeviceName } from "@diopter/engine";
import type { Configuration } from "../configuration.js";

/**
 * The device that the command line names, else the configuration's, with the configuration's
 * memory budget.
 * @throws DiopterError `device/unavailable`.
 */
export function openDevice(
  { device, memoryBudget }: Configuration,
  name: DeviceName | undefined,
): Promise<Device> {
  return createDevice(name ?? device, { memoryBudget });
}
