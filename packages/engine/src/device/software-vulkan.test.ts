import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { whyNoGraphicsCard } from "./software-vulkan.js";

test.each([
  ["VK_ICD_FILENAMES", "/opt/vk_swiftshader_icd.json", "the only Vulkan driver is one"],
  ["VK_DRIVER_FILES", "/opt/lvp_icd.x86_64.json", "the only Vulkan driver is one"],
  ["VK_DRIVER_FILES", "", "no Vulkan driver is installed"],
])("tells from %s=%s that there is no graphics card", (name, value, reason) => {
  expect(whyNoGraphicsCard("linux", { [name]: value })).toContain(reason);
});

test("a driver of a graphics card may be one", () => {
  const files = "/opt/lvp_icd.json:/opt/nvidia_icd.json";
  expect(whyNoGraphicsCard("linux", { VK_DRIVER_FILES: files })).toBeUndefined();
});

test("looks where the user's own drivers are installed", () => {
  const data = mkdtempSync(join(tmpdir(), "diopter-vulkan-"));
  try {
    mkdirSync(join(data, "vulkan/icd.d"), { recursive: true });
    writeFileSync(join(data, "vulkan/icd.d/some_card.json"), "{}");
    expect(whyNoGraphicsCard("linux", { XDG_DATA_HOME: data })).toBeUndefined();
  } finally {
    rmSync(data, { recursive: true });
  }
});

test("other systems are asked by opening the device", () => {
  expect(whyNoGraphicsCard("darwin", { VK_DRIVER_FILES: "" })).toBeUndefined();
});
