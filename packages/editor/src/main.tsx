import { createRoot } from "react-dom/client";
import { canvasActions } from "./canvas/canvas-actions.js";
import { listenToClipboard } from "./canvas/clipboard.js";
import { nodeActions } from "./canvas/node-actions.js";
import { followDocument } from "./canvas/scene-store.js";
import { deleteSelection } from "./canvas/selection-commands.js";
import { goLive } from "./connection/live.js";
import { Shell } from "./shell/shell.js";
import { followTheme } from "./shell/theme.js";
import { listenForKeys } from "./shortcuts/listen.js";
import { addActions } from "./shortcuts/registry.js";
import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/parts.css";
import "./shell/shell.css";
import "./canvas/canvas.css";

followTheme();
addActions([...nodeActions, ...canvasActions]);
followDocument();
listenForKeys();
listenToClipboard(deleteSelection);
goLive();

const place = document.getElementById("editor");
if (place !== null) createRoot(place).render(<Shell />);
