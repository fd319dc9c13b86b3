/** What clients may count on. */
export const serverFeatures = {
  supports_preview_metadata: true,
  max_upload_size: 256 * 2 ** 20,
} as const;

/** The version of ComfyUI whose protocol this is, for clients that ask. */
export const comfyuiVersion = "0.8.0";
