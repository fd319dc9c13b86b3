export { CropFolder } from "./crops.js";
export * from "./evaluate.js";
export { type ResultItem, ResultsFile } from "./results-file.js";
