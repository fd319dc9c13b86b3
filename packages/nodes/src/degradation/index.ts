export { type DegradeOptions, degrade } from "./degrade.js";
export type { Picture } from "./degraded-picture.js";
export { bicubicRecipe, drawRecipe, type RecipeRequest } from "./draw-recipe.js";
export { type DegradationRanges, fullRanges, lightRanges, type StageRanges } from "./ranges.js";
export { readRecipe } from "./read-recipe.js";
export * from "./recipe.js";
export { realEsrganSharpening } from "./unsharp-mask.js";
