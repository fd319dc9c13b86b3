import { type CSSProperties, useId } from "react";
import type { ViewerPicture } from "../state/index.js";
import { viewerStrings as words } from "../strings/viewer.js";
import { evenGradient } from "./analysis/colour-map.js";
import type { Distance } from "./analysis/difference.js";
import { useAnswer } from "./analysis/use-answer.js";
import { type CompareMode, letterOf } from "./compare-modes.js";
import type { Size } from "./geometry/view.js";

interface DifferenceBarProps {
  readonly pictures: readonly ViewerPicture[];
  readonly sizes: ReadonlyMap<string, Size>;
  readonly mode: CompareMode;
  readonly gain: number;
  readonly onGain: (gain: number) => void;
}

/** How far the first picture is from the others, in numbers, and the scale of the difference. */
export function DifferenceBar({ pictures, sizes, mode, gain, onGain }: DifferenceBarProps) {
  const [first, ...others] = pictures;
  if (first === undefined || others.length === 0 || mode === "single") return null;
  const compared = mode === "side" ? others : others.slice(0, 1);
  return (
    <div className="distances">
      {mode === "difference" ? <GainScale gain={gain} onGain={onGain} /> : null}
      {compared.map((other, index) => (
        <DistanceLine
          key={other.key}
          a={first.url}
          b={other.url}
          label={pictures.length > 2 ? `${letterOf(0)}–${letterOf(index + 1)}` : undefined}
          isResampled={differ(sizes.get(first.url), sizes.get(other.url))}
        />
      ))}
    </div>
  );
}

interface DistanceLineProps {
  readonly a: string;
  readonly b: string;
  readonly label: string | undefined;
  readonly isResampled: boolean;
}

function DistanceLine({ a, b, label, isResampled }: DistanceLineProps) {
  const { value, failed } = useAnswer(`${a} ${b}`, (analyst) => analyst.distance(a, b));
  if (failed !== undefined) return <p className="faint">{failed}</p>;
  if (value === undefined) return <p className="faint">{words.measuring}</p>;
  return (
    <div className="distance" title={isResampled ? words.resampled : undefined}>
      {label === undefined ? null : <span className="letter">{label}</span>}
      <dl>
        {entriesOf(value).map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {isResampled ? <span className="faint">{words.resampled}</span> : null}
    </div>
  );
}

function entriesOf({ psnr, meanAbsolute, largest, changed }: Distance) {
  return [
    [words.psnr, Number.isFinite(psnr) ? words.psnrValue(psnr) : words.equal],
    [words.meanDifference, words.levels(meanAbsolute)],
    [words.largestDifference, String(largest)],
    [words.changed, words.share(changed)],
  ] as const;
}

function GainScale({ gain, onGain }: Pick<DifferenceBarProps, "gain" | "onGain">) {
  const id = useId();
  const exponent = Math.log2(gain);
  const most = Math.floor(255 / gain);
  const style: CSSProperties = { background: evenGradient("to right") };
  const share: CSSProperties & Record<`--${string}`, string> = { "--share": String(exponent / 6) };
  return (
    <div className="gain-scale">
      <label htmlFor={id}>{words.gain}</label>
      <input
        id={id}
        className="slider"
        type="range"
        min={0}
        max={6}
        step={1}
        value={exponent}
        style={share}
        aria-valuetext={words.gainTimes(gain)}
        onChange={(event) => onGain(2 ** event.target.valueAsNumber)}
      />
      <span className="mono">{words.gainTimes(gain)}</span>
      <span className="mono faint" aria-hidden="true">
        0
      </span>
      <span
        className="colour-bar"
        role="img"
        aria-label={words.differenceScale("0", String(most))}
        style={style}
      />
      <span className="mono faint" aria-hidden="true">
        {most}
      </span>
    </div>
  );
}

function differ(a: Size | undefined, b: Size | undefined): boolean {
  return a !== undefined && b !== undefined && (a.width !== b.width || a.height !== b.height);
}
