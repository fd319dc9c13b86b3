import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";

const softwareDrivers = /swiftshader|lvp|lavapipe|llvmpipe/i;

/**
 * Why no graphics card can be behind WebGPU here, or undefined where one may be. Only Linux can be
 * told without opening the device, by the drivers that Vulkan would load; asking first also keeps
 * Vulkan's warnings off the terminal.
 */
export function whyNoGraphicsCard(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  if (platform !== "linux") return undefined;
  const drivers = vulkanDrivers(environment);
  if (drivers.length === 0) return "no Vulkan driver is installed";
  const onlySoftware = drivers.every((driver) => softwareDrivers.test(basename(driver)));
  return onlySoftware ? "the only Vulkan driver is one that renders on the CPU" : undefined;
}

/** Manifests of drivers, where the Vulkan loader looks for them. */
function vulkanDrivers(environment: NodeJS.ProcessEnv): string[] {
  const named = environment.VK_DRIVER_FILES ?? environment.VK_ICD_FILENAMES;
  if (named !== undefined) return named.split(":").filter((path) => path !== "");
  const data = environment.XDG_DATA_HOME ?? join(homedir(), ".local/share");
  const folders = ["/etc", "/usr/local/share", "/usr/share", data];
  return folders.flatMap((folder) => manifests(join(folder, "vulkan/icd.d")));
}

function manifests(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}
