"""Draws the columns of training logs as small curves (PNG), one panel per column."""

import argparse
import csv
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT, MARGIN = 360, 220, 34
COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e")
Columns = dict[str, list[float]]


def read_log(path: Path) -> Columns:
    with path.open() as file:
        rows = list(csv.DictReader(file))
    return {name: [float(row[name]) for row in rows] for name in rows[0]}


def draw_panel(title: str, series: list[tuple[str, list[float], list[float]]]) -> Image.Image:
    """One panel: steps across, values up, a line per series."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    canvas = ImageDraw.Draw(image)
    xs = [x for _, steps, _ in series for x in steps]
    ys = [y for _, _, values in series for y in values]
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    across, up = max(right - left, 1e-9), max(high - low, 1e-9)
    canvas.rectangle((MARGIN, MARGIN, WIDTH - 10, HEIGHT - MARGIN), outline="#999999")
    canvas.text((MARGIN, 8), f"{title}: {low:.4g} to {high:.4g}, {right:.0f} steps", fill="black")
    for index, (name, steps, values) in enumerate(series):
        colour = COLOURS[index % len(COLOURS)]
        points = [
            (
                MARGIN + (x - left) / across * (WIDTH - MARGIN - 10),
                HEIGHT - MARGIN - (y - low) / up * (HEIGHT - 2 * MARGIN),
            )
            for x, y in zip(steps, values, strict=True)
        ]
        canvas.line(points, fill=colour, width=2)
        canvas.text((MARGIN + 100 * index, HEIGHT - MARGIN + 8), name, fill=colour)
    return image


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--logs", type=Path, nargs="+", required=True)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    panels = []
    for path in arguments.logs:
        columns = read_log(path)
        scores = [(name, columns["step"], values) for name, values in columns.items() if name.startswith("psnr")]
        panels.append(draw_panel(f"{path.parent.name} loss", [("loss", columns["step"], columns["loss"])]))
        if scores:
            panels.append(draw_panel(f"{path.parent.name} PSNR", scores))
    sheet = Image.new("RGB", (WIDTH * 2, HEIGHT * ((len(panels) + 1) // 2)), "white")
    for index, panel in enumerate(panels):
        sheet.paste(panel, (index % 2 * WIDTH, index // 2 * HEIGHT))
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(32).save(arguments.output)


if __name__ == "__main__":
    main()
