import { freemem, type as systemName, totalmem } from "node:os";
import { shippedModels } from "@diopter/nodes";
import type { Services } from "../services.js";
import { comfyuiVersion } from "./features.js";

/** GET /system_stats. */
export function systemStats({ dispatcher, version }: Services) {
  const total = totalmem();
  const free = freemem();
  return {
    system: {
      os: systemName(),
      ram_total: total,
      ram_free: free,
      comfyui_version: comfyuiVersion,
      python_version: "",
      pytorch_version: "",
      embedded_python: false,
      argv: ["diopter", version],
    },
    devices: dispatcher.devices.map(({ name, id, description, memoryBudget, resident }, index) => {
      const budget = memoryBudget ?? total;
      const left = Math.max(0, Math.min(budget - (resident ?? 0), free));
      return {
        name: description ?? name,
        type: id ?? name,
        index,
        vram_total: budget,
        vram_free: left,
        torch_vram_total: budget,
        torch_vram_free: left,
      };
    }),
  };
}

/** The folders of models that ComfyUI's clients ask for, and what lies in them. */
export function modelFolders(): Readonly<Record<string, readonly string[]>> {
  const names = Object.keys(shippedModels);
  const denoisers = names.filter((name) => name.startsWith("denoiser"));
  return {
    checkpoints: denoisers,
    upscale_models: denoisers,
    vae: names.filter((name) => name.startsWith("vae")),
    loras: [],
    embeddings: [],
  };
}
