import { expect, test } from "vitest";
import { DiopterError } from "../errors/index.js";
import { deviceError, essence, failedOperator, isOutOfMemory } from "./device-errors.js";

// As ONNX Runtime 1.30 and Dawn wrote them.
const arena =
  "Non-zero status code returned while running Conv node. Name:'n0/conv' Status Message: " +
  "/onnxruntime_src/onnxruntime/core/framework/bfc_arena.cc:360 void* " +
  "onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*) " +
  "Failed to allocate memory for requested buffer of size 9216000000\n";
const adapter =
  "/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 " +
  "onnxruntime::webgpu::WebGpuContext::Initialize(const onnxruntime::webgpu::WebGpuContextConfig&)" +
  "::<lambda()> adapter_result.status == wgpu::RequestAdapterStatus::Success was false. " +
  "Failed to get a WebGPU adapter: No supported adapters";

test.each([
  arena,
  "WebGPU validation failed. Buffer size (1200000000) exceeds the max buffer size limit (1073741824).",
  "vkAllocateMemory failed with VK_ERROR_OUT_OF_DEVICE_MEMORY",
  "CUDA failure 2: out of memory",
  "Array buffer allocation failed",
  "std::bad_alloc",
])("recognises a failed allocation: %s", (message) => {
  expect(isOutOfMemory(new Error(message))).toBe(true);
  expect(deviceError(new Error(message), "CPU", "run").code).toBe("device/out-of-memory");
});

test("leaves other failures alone", () => {
  expect(isOutOfMemory(new Error("Invalid rank for input: x Got: 2 Expected: 4"))).toBe(false);
  const own = new DiopterError("run/cancelled", { message: "Cancelled.", remedy: "Start again." });
  expect(deviceError(own, "CPU", "run")).toBe(own);
});

test("names the operator and says the essence only", () => {
  expect(failedOperator(new Error(arena))).toBe("n0/conv");
  expect(failedOperator(deviceError(new Error(arena), "CPU", "run"))).toBe("n0/conv");
  expect(failedOperator(new Error("other"))).toBeUndefined();
  expect(essence(new Error(arena))).toBe(
    "Failed to allocate memory for requested buffer of size 9216000000",
  );
  expect(essence(new Error(adapter))).toBe("Failed to get a WebGPU adapter: No supported adapters");
});
