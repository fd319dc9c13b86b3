import { useState } from "react";
import type { ViewerPicture } from "../state/index.js";
import { viewerStrings as words } from "../strings/viewer.js";
import {
  type Histogram,
  histogramCeiling,
  histogramOutline,
  tonalityOf,
} from "./analysis/histogram.js";
import { useAnswer } from "./analysis/use-answer.js";
import { letterOf } from "./compare-modes.js";

const channels = ["luma", "red", "green", "blue"] as const;
type Channel = (typeof channels)[number];

const height = 96;

/** Histograms of the pictures that are shown. */
export function HistogramPanel({ pictures }: { readonly pictures: readonly ViewerPicture[] }) {
  const [shown, setShown] = useState<ReadonlySet<Channel>>(new Set(channels));
  const toggle = (channel: Channel) => {
    const next = new Set(shown);
    if (!next.delete(channel)) next.add(channel);
    setShown(next);
  };
  return (
    <aside className="histograms" aria-label={words.histogram}>
      <fieldset className="channels">
        <legend className="sr-only">{words.channelsShown}</legend>
        {channels.map((channel) => (
          <button
            key={channel}
            type="button"
            className={`channel ${channel}`}
            aria-pressed={shown.has(channel)}
            onClick={() => toggle(channel)}
          >
            {words.channels[channel]}
          </button>
        ))}
      </fieldset>
      {pictures.map((picture, index) => (
        <PictureHistogram
          key={picture.key}
          url={picture.url}
          label={pictures.length > 1 ? `${letterOf(index)}  ${picture.label}` : picture.label}
          shown={shown}
        />
      ))}
    </aside>
  );
}

interface PictureHistogramProps {
  readonly url: string;
  readonly label: string;
  readonly shown: ReadonlySet<Channel>;
}

function PictureHistogram({ url, label, shown }: PictureHistogramProps) {
  const { value, failed } = useAnswer(url, (analyst) => analyst.histogram(url));
  return (
    <figure className="histogram">
      <figcaption>{label}</figcaption>
      {value === undefined ? (
        <p className="faint">{failed ?? words.measuring}</p>
      ) : (
        <Drawing histogram={value} shown={shown} label={label} />
      )}
    </figure>
  );
}

interface DrawingProps {
  readonly histogram: Histogram;
  readonly shown: ReadonlySet<Channel>;
  readonly label: string;
}

function Drawing({ histogram, shown, label }: DrawingProps) {
  const drawn = channels.filter((channel) => shown.has(channel));
  const ceiling = histogramCeiling(drawn.map((channel) => histogram[channel]));
  const { mean, median, black, white } = tonalityOf(histogram);
  const summary = words.tonality(mean, median);
  return (
    <>
      <svg
        viewBox={`0 0 255 ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${words.histogram}, ${label}: ${summary}`}
      >
        {drawn.map((channel) => (
          <path
            key={channel}
            className={channel}
            d={histogramOutline(histogram[channel], ceiling, height)}
          />
        ))}
      </svg>
      <p className="faint">
        {summary}
        <br />
        {words.clipped(words.share(black), words.share(white))}
      </p>
    </>
  );
}
