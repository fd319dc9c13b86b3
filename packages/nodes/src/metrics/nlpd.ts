import { defineLumaDistance } from "./luma-distance.js";
import { normalisedLaplacianDistance } from "./measures/index.js";

export const nlpd = defineLumaDistance({
  type: "metrics/nlpd",
  title: "NLPD",
  help: "Normalised Laplacian pyramid distance of a picture from a reference: what the eye sees.",
  source: "Laparra, Ballé, Berardino, Simoncelli 2016; six levels",
  measure: normalisedLaplacianDistance,
});
