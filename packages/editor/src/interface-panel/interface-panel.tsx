import "../inspector/inspector.css";
import "./interface.css";
import { Maximize2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "../parts/button.js";
import { openViewer, useShownJob } from "../state/index.js";
import { inspectorStrings as words } from "../strings/inspector.js";
import { picturesOf, thumbnailAddress } from "../viewer/result-pictures.js";
import { ExposedParameters } from "./exposed-parameters.js";
import { RunBar } from "./run-bar.js";

const AppView = lazy(() => import("./app-view.js").then((m) => ({ default: m.AppView })));

/** Only what the workflow exposes, with Run and the result: a simple app. */
export function InterfacePanel() {
  const [isApp, setIsApp] = useState(false);
  return (
    <div className="interface-panel">
      <Button tone="quiet" onClick={() => setIsApp(true)}>
        <Maximize2 size={14} /> {words.openApp}
      </Button>
      <ExposedParameters />
      <RunBar />
      <SmallResult />
      {isApp ? (
        <Suspense>
          <AppView onClose={() => setIsApp(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

function SmallResult() {
  const job = useShownJob();
  const pictures = job === undefined ? [] : picturesOf(job);
  const [first] = pictures;
  if (first === undefined) return null;
  return (
    <div className="node-pictures">
      <button
        type="button"
        aria-label={words.openResult(first.label)}
        onClick={() => openViewer(pictures)}
      >
        <img src={thumbnailAddress(first.url, 512)} alt="" decoding="async" />
      </button>
    </div>
  );
}
