import { defineLumaDistance } from "./luma-distance.js";
import { gradientSimilarityDeviation } from "./measures/index.js";

export const gmsd = defineLumaDistance({
  type: "metrics/gmsd",
  title: "GMSD",
  help: "Gradient magnitude similarity deviation: how unevenly edges differ from a reference's.",
  source: "Xue, Zhang, Mou, Bovik 2014, eq. 4 to 6",
  measure: gradientSimilarityDeviation,
});
