import { Dialog } from "../parts/dialog.js";
import { readKeys } from "../shortcuts/keys.js";
import { localKeys } from "../shortcuts/local-keys.js";
import { type ActionGroup, allActions } from "../shortcuts/registry.js";
import { actionStrings as words } from "../strings/actions.js";
import { gestureStrings, localKeyStrings } from "../strings/keys.js";

const groups: readonly ActionGroup[] = ["file", "edit", "canvas", "node", "run", "view"];

/** The map of keys: every action, the keys of single parts, and what mouse and fingers do. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const actions = allActions();
  return (
    <Dialog title={words.keysTitle} onClose={onClose} wide isText>
      <p className="faint">{words.keysHint}</p>
      <div className="key-map">
        {groups.map((group) => (
          <KeySection
            key={group}
            title={words.groups[group]}
            lines={actions.filter((action) => action.group === group)}
          />
        ))}
        {localKeys.map(({ title, keys }) => (
          <KeySection key={title} title={title} lines={keys} />
        ))}
      </div>
      <Gestures />
    </Dialog>
  );
}

interface KeySectionProps {
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly keys?: readonly string[] }[];
}

function KeySection({ title, lines }: KeySectionProps) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl>
        {lines.map(({ label, keys = [] }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {keys.slice(0, 2).map((one) => (
                <kbd key={one}>{readKeys(one)}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Gestures() {
  return (
    <table className="gestures">
      <thead>
        <tr>
          <th scope="col">{localKeyStrings.pointers}</th>
          <th scope="col">{localKeyStrings.mouse}</th>
          <th scope="col">{localKeyStrings.finger}</th>
        </tr>
      </thead>
      <tbody>
        {gestureStrings.map(([what, mouse, touch]) => (
          <tr key={what}>
            <th scope="row">{what}</th>
            <td>{mouse}</td>
            <td>{touch}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
