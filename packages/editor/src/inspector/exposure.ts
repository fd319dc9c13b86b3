import type { Exposure } from "../controls/expose.js";
import { suggestPublicName } from "../controls/public-name.js";
import { dispatch, dispatchAll } from "../state/index.js";
import { documentStrings } from "../strings/documents.js";

/** How a parameter of a node stands to the document's interface. */
export function exposureOf(
  options: Readonly<Record<string, string>>,
  node: string,
  name: string,
): Exposure {
  const target = `${node}.${name}`;
  const publicName = Object.keys(options).find((option) => options[option] === target);
  const taken = new Set(Object.keys(options).filter((option) => option !== publicName));
  return {
    publicName,
    taken,
    onExpose: () => {
      dispatch({ kind: "expose", node, name, as: suggestPublicName(node, name, taken) });
    },
    onUnexpose: () => {
      if (publicName !== undefined) dispatch({ kind: "unexpose", as: publicName });
    },
    onRename: (as) => {
      const expose = { kind: "expose", node, name, as } as const;
      if (publicName === undefined) dispatch(expose);
      else dispatchAll([{ kind: "unexpose", as: publicName }, expose], documentStrings.expose(as));
    },
  };
}
