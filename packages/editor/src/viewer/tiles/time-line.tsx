import { Pause, Play, SkipBack } from "lucide-react";
import { type CSSProperties, useEffect, useState } from "react";
import { IconButton } from "../../parts/button.js";
import { viewerStrings as words } from "../../strings/viewer.js";

interface TimeLineProps {
  readonly step: number;
  readonly last: number;
  readonly onStep: (step: number) => void;
}

const millisecondsPerStep = 450;

/** Plays the steps, and goes to any of them. */
export function TimeLine({ step, last, onStep }: TimeLineProps) {
  const [playing, setPlaying] = useState(false);
  const isOver = step >= last;
  useEffect(() => {
    if (!playing) return;
    if (isOver) return setPlaying(false);
    const timer = setTimeout(() => onStep(step + 1), millisecondsPerStep);
    return () => clearTimeout(timer);
  }, [playing, isOver, step, onStep]);
  const style: CSSProperties & Record<`--${string}`, string> = {
    "--share": String(last === 0 ? 0 : step / last),
  };
  return (
    <div className="time-line">
      <IconButton label={words.start} disabled={last === 0} onClick={() => onStep(0)}>
        <SkipBack size={15} />
      </IconButton>
      <IconButton
        label={playing ? words.pause : words.play}
        disabled={last === 0}
        onClick={() => {
          if (!playing && isOver) onStep(0);
          setPlaying(!playing);
        }}
      >
        {playing ? <Pause size={15} /> : <Play size={15} />}
      </IconButton>
      <input
        className="slider"
        type="range"
        aria-label={words.step}
        aria-valuetext={words.stepOf(step, last)}
        min={0}
        max={last}
        step={1}
        value={step}
        style={style}
        onChange={(event) => {
          setPlaying(false);
          onStep(event.target.valueAsNumber);
        }}
      />
      <span className="mono">{words.stepOf(step, last)}</span>
    </div>
  );
}
