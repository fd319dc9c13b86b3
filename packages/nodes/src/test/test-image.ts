import { float32Tensor, type ImageValue } from "@diopter/engine";

/** An IMAGE of one picture over planar RGB. */
export function testImage(
  pixels: Float32Array,
  width: number,
  height: number,
  beside: Omit<ImageValue, "pixels"> = {},
): ImageValue {
  return { pixels: float32Tensor([1, 3, height, width], pixels), ...beside };
}
