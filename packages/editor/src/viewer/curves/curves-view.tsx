import "./curves.css";
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from "react";
import { printNumber } from "../../controls/number/read-number.js";
import { viewerStrings as words } from "../../strings/viewer.js";
import { axisOver, linePath } from "./scale.js";

/** Lines over one axis. */
export interface Curves {
  readonly x: string;
  readonly y: string;
  readonly series: readonly { readonly name: string; readonly points: readonly number[] }[];
}

const edges = { left: 68, right: 16, top: 14, bottom: 40 };
const colours = 8;

/** Curves with a cursor that reads their values, by pointer and by keys. */
export function CurvesView({ x, y, series }: Curves) {
  const box = useRef<HTMLDivElement>(null);
  const [{ width, height }, setSize] = useState({ width: 640, height: 320 });
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<number>();
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const shown = series
    .map((one, index) => ({ ...one, colour: `series-${index % colours}` }))
    .filter(({ name }) => !hidden.has(name));
  const last = Math.max(1, ...series.map(({ points }) => points.length - 1));
  const vertical = axisOver(
    shown.flatMap(({ points }) => points),
    height - edges.bottom,
    edges.top,
  );
  const span = Math.max(1, width - edges.left - edges.right);
  const place = (index: number) => edges.left + (index / last) * span;
  const indexAt = (event: PointerEvent<HTMLElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    const index = Math.round(((event.clientX - left - edges.left) / span) * last);
    return Math.min(last, Math.max(0, index));
  };
  const readings = shown.map((one) => ({ ...one, value: one.points[cursor ?? -1] }));
  const spoken = readings.map(({ name, value }) => `${name} ${printReading(value)}`).join(", ");
  const ticks = axisOver([0, last], 0, 1).ticks.filter((t) => t <= last && Number.isInteger(t));

  return (
    <div className="curves-view">
      <Legend
        series={series.map(({ name }, index) => ({ name, colour: `series-${index % colours}` }))}
        hidden={hidden}
        onToggle={(name) => {
          const next = new Set(hidden);
          if (!next.delete(name)) next.add(name);
          setHidden(next);
        }}
      />
      <div
        ref={box}
        className="curves-box"
        role="slider"
        tabIndex={0}
        aria-label={`${words.curves}, ${y}`}
        aria-description={words.curvesHelp}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={cursor ?? 0}
        aria-valuetext={`${words.curveAt(x, String(cursor ?? 0))}: ${spoken}`}
        onFocus={() => setCursor((before) => before ?? 0)}
        onKeyDown={(event) => moveCursor(event, cursor ?? 0, last, setCursor)}
        onPointerMove={(event) => setCursor(indexAt(event))}
        onPointerLeave={() => setCursor(undefined)}
      >
        <svg width={width} height={height} aria-hidden="true">
          {vertical.ticks.map((tick) => (
            <g key={tick} className="tick">
              <line
                x1={edges.left}
                x2={width - edges.right}
                y1={vertical.place(tick)}
                y2={vertical.place(tick)}
              />
              <text x={edges.left - 8} y={vertical.place(tick) + 4} textAnchor="end">
                {printNumber(tick)}
              </text>
            </g>
          ))}
          {ticks.map((tick) => (
            <text
              key={tick}
              className="tick-text"
              x={place(tick)}
              y={height - edges.bottom + 18}
              textAnchor="middle"
            >
              {tick}
            </text>
          ))}
          <text className="axis" x={edges.left + span / 2} y={height - 4} textAnchor="middle">
            {x}
          </text>
          <text
            className="axis"
            textAnchor="middle"
            transform={`translate(14 ${(edges.top + height - edges.bottom) / 2}) rotate(-90)`}
          >
            {y}
          </text>
          {shown.map(({ name, points, colour }) => (
            <path key={name} className={colour} d={linePath(points, place, vertical.place)} />
          ))}
          {cursor === undefined ? null : (
            <line
              className="cursor"
              x1={place(cursor)}
              x2={place(cursor)}
              y1={edges.top}
              y2={height - edges.bottom}
            />
          )}
          {cursor === undefined
            ? null
            : readings.map(({ name, value, colour }) =>
                value === undefined ? null : (
                  <circle
                    key={name}
                    className={colour}
                    cx={place(cursor)}
                    cy={vertical.place(value)}
                    r={4}
                  />
                ),
              )}
        </svg>
        {cursor === undefined ? null : (
          <Reading
            title={words.curveAt(x, String(cursor))}
            readings={readings}
            left={place(cursor)}
            isRight={cursor > last / 2}
          />
        )}
      </div>
      <CurveTable x={x} series={series} length={last + 1} />
    </div>
  );
}

function moveCursor(
  event: KeyboardEvent,
  cursor: number,
  last: number,
  onMove: (cursor: number) => void,
): void {
  const far = Math.max(1, Math.round(last / 10));
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: cursor - 1,
    ArrowDown: cursor - 1,
    ArrowRight: cursor + 1,
    ArrowUp: cursor + 1,
    PageDown: cursor - far,
    PageUp: cursor + far,
    Home: 0,
    End: last,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  onMove(Math.min(last, Math.max(0, target)));
}

interface LegendProps {
  readonly series: readonly { readonly name: string; readonly colour: string }[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (name: string) => void;
}

function Legend({ series, hidden, onToggle }: LegendProps) {
  return (
    <div className="legend">
      {series.map(({ name, colour }) => (
        <button
          key={name}
          type="button"
          aria-pressed={!hidden.has(name)}
          aria-label={words.showCurve(name)}
          onClick={() => onToggle(name)}
        >
          <span className={`line ${colour}`} aria-hidden="true" />
          {name}
        </button>
      ))}
    </div>
  );
}

interface ReadingProps {
  readonly title: string;
  readonly readings: readonly {
    readonly name: string;
    readonly colour: string;
    readonly value: number | undefined;
  }[];
  readonly left: number;
  readonly isRight: boolean;
}

function Reading({ title, readings, left, isRight }: ReadingProps) {
  return (
    <div
      className="reading"
      style={isRight ? { right: `calc(100% - ${left - 10}px)` } : { left: left + 10 }}
    >
      <strong>{title}</strong>
      {readings.map(({ name, colour, value }) => (
        <span key={name}>
          <span className={`line ${colour}`} />
          {name}
          <span className="mono">{printReading(value)}</span>
        </span>
      ))}
    </div>
  );
}

function CurveTable({
  x,
  series,
  length,
}: Pick<Curves, "x" | "series"> & { readonly length: number }) {
  return (
    <details className="curve-table">
      <summary>{words.curveTable}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{x}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are the places on the axis
            <tr key={index}>
              <th scope="row">{index}</th>
              {series.map(({ name, points }) => (
                <td key={name}>{printReading(points[index])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function printReading(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value)
    ? "–"
    : String(Number(value.toPrecision(4)));
}
