import { createRoot } from "react-dom/client";
import { announceBroken } from "./canvas/announce-broken.js";
import { canvasActions } from "./canvas/canvas-actions.js";
import { listenToClipboard } from "./canvas/clipboard.js";
import { nodeActions } from "./canvas/node-actions.js";
import { followDocument } from "./canvas/scene-store.js";
import { deleteSelection } from "./canvas/selection-commands.js";
import { checkNodes, goLive } from "./connection/live.js";
import { listenForDrops } from "./files/drop.js";
import { fileActions } from "./files/file-actions.js";
import { keepWork, resumeWork } from "./files/recovery.js";
import { announceJobs } from "./queue/announce-jobs.js";
import { followEdits } from "./run/auto-run.js";
import { followShownJob } from "./run/follow-jobs.js";
import { announcePeople } from "./shell/announce-people.js";
import { Shell } from "./shell/shell.js";
import { followTheme } from "./shell/theme.js";
import { viewActions } from "./shell/view-actions.js";
import { listenForKeys } from "./shortcuts/listen.js";
import { addActions } from "./shortcuts/registry.js";
import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/parts.css";
import "./shell/shell.css";
import "./canvas/canvas.css";
import "./files/files.css";
import "./theme/coarse.css";

followTheme();
addActions([...fileActions, ...nodeActions, ...canvasActions, ...viewActions]);
followDocument();
announceBroken();
followShownJob();
followEdits();
listenForKeys();
listenToClipboard(deleteSelection);
listenForDrops();
announceJobs();
announcePeople();
goLive();

const place = document.getElementById("editor");
if (place !== null) createRoot(place).render(<Shell />);

// Edits are checked against the node types, so these come first.
await checkNodes("");
await resumeWork();
keepWork();
