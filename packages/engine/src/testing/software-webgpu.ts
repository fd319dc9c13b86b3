import { existsSync } from "node:fs";

/** Where Debian's package `chromium` puts SwiftShader, which renders Vulkan on the CPU. */
const packaged = "/usr/lib/chromium/vk_swiftshader_icd.json";

/**
 * Lets the device `webgpu` of this process use a Vulkan driver that needs no graphics card: the one
 * that VK_ICD_FILENAMES or VK_DRIVER_FILES names, else SwiftShader where it is installed. Call it
 * before the first device is opened, in a process of its own, not in a worker thread.
 *
 * @returns the driver's manifest; undefined where there is none, so that tests can be left out.
 */
export function prepareSoftwareWebgpu(): string | undefined {
  const named = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES;
  const manifest = named ?? (existsSync(packaged) ? packaged : undefined);
  if (manifest === undefined) return undefined;
  process.env.VK_DRIVER_FILES = manifest;
  process.env.VK_ICD_FILENAMES = manifest;
  return manifest;
}
