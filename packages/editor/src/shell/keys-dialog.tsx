import { Dialog } from "../parts/dialog.js";
import { readKeys } from "../shortcuts/keys.js";
import { type ActionGroup, allActions } from "../shortcuts/registry.js";
import { actionStrings as words } from "../strings/actions.js";

const groups: readonly ActionGroup[] = ["file", "edit", "canvas", "node", "run", "view"];

/** The map of keys. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const actions = allActions();
  return (
    <Dialog title={words.keysTitle} onClose={onClose} wide isText>
      <p className="faint">{words.keysHint}</p>
      <div className="key-map">
        {groups.map((group) => (
          <section key={group} aria-label={words.groups[group]}>
            <h3>{words.groups[group]}</h3>
            <dl>
              {actions
                .filter((action) => action.group === group && action.keys !== undefined)
                .map(({ id, label, keys = [] }) => (
                  <div key={id}>
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
        ))}
      </div>
    </Dialog>
  );
}
