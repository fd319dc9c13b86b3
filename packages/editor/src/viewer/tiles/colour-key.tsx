import { viewerStrings as words } from "../../strings/viewer.js";
import { evenGradient } from "../analysis/colour-map.js";
import type { Colouring } from "./colouring.js";

/** What the colours of the tiles mean. */
export function ColourKey({ colours: { key } }: { readonly colours: Colouring }) {
  if (key.kind === "names") {
    return (
      <ul className="colour-key">
        {key.names.map(({ name, colour }) => (
          <li key={name}>
            <span className="colour-swatch" style={{ background: colour }} aria-hidden="true" />
            {name}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <span className="colour-key" role="img" aria-label={words.heatMapScale(key.low, key.high)}>
      <span className="mono">{key.low}</span>
      <span className="colour-bar" style={{ background: evenGradient("to right") }} />
      <span className="mono">{key.high}</span>
    </span>
  );
}
