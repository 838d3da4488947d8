"""Plots as SVG without any library: small multiples of lines and points, legible on light and on dark pages.

    from benchmarks.plots import Panel, Series, svg

    cost = Panel("Adding", "documents", "seconds", [Series("clock", [(100_000, 60), (300_000, 190)])])
    Path("growth.svg").write_text(svg("How an archive grows", [cost]), encoding="utf-8")

Scripts that use it are run from the repository's root as modules (`python -m benchmarks.speed.growth_plot`). Axes begin
at nought and end above the largest value shown, or, with `log`, at powers of ten. Guides (a bar to stay under, a
diagonal) are series of their own, dashed.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH, HEIGHT = 360, 250  # of a panel, in pixels
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 18, 48, 44  # around what is drawn in it
_HEADLINE = 30  # pixels for the title of all
_TICKS = 5  # about so many on an axis
_LETTER = 6.2  # pixels that a letter of a legend takes, about
_STYLE = """
  :root { color-scheme: light dark }
  .page { fill: #fff } .ink { fill: #222 } .faint { fill: #555 } .grid { stroke: #ddd } .axis { stroke: #888 }
  .s0 { stroke: #0072b2; fill: #0072b2 } .s1 { stroke: #c44e00; fill: #c44e00 } .s2 { stroke: #00805e; fill: #00805e }
  .s3 { stroke: #8a3f86; fill: #8a3f86 } .guide { stroke: #666; stroke-dasharray: 5 4 }
  .line { fill: none; stroke-width: 2 } text { font: 11px system-ui, sans-serif; stroke: none }
  .name { font-weight: 600; font-size: 12px } .headline { font-weight: 600; font-size: 14px }
  @media (prefers-color-scheme: dark) {
    .page { fill: #16181d } .ink { fill: #eee } .faint { fill: #bbb } .grid { stroke: #33363d } .axis { stroke: #888 }
    .s0 { stroke: #5cb6f2; fill: #5cb6f2 } .s1 { stroke: #ffa14a; fill: #ffa14a } .s2 { stroke: #3fd0a4; fill: #3fd0a4 }
    .s3 { stroke: #dd9bd9; fill: #dd9bd9 } .guide { stroke: #aaa } .line { fill: none }
  }
"""
_COLOURS = 4


@dataclass(frozen=True, slots=True)
class Series:
    """Points (x, y) joined in their order, with a name for the legend; without one it is not in the legend."""

    label: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot.

    Attributes:
        title: what it shows.
        x: name of the horizontal axis, with its unit.
        y: the same of the vertical one.
        series: lines with a mark at each point.
        guides: dashed lines without marks.
        log: whether both axes are logarithmic.
        joined: whether the points of the series are joined by lines.
    """

    title: str
    x: str
    y: str
    series: Sequence[Series]
    guides: Sequence[Series] = field(default=())
    log: bool = False
    joined: bool = True


@dataclass(frozen=True, slots=True)
class _Axis:
    """From values to pixels, and where its marks are."""

    place: Callable[[float], float]
    ticks: Sequence[float]


def svg(title: str, panels: Sequence[Panel], *, columns: int = 2, description: str = "") -> str:
    """The panels in rows, as an SVG document.

    Args:
        title: stands above all of them.
        panels: left to right, then down.
        columns: panels in a row, at most.
        description: what a reader who cannot see it should know.

    Raises:
        ValueError: A panel has no points, or a logarithmic one has values that are not above nought.
    """
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    width, height = columns * WIDTH, rows * HEIGHT + _HEADLINE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' role="img" aria-labelledby="title description">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="description">{escape(description or title)}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{width}" height="{height}"/>',
        f'<text class="ink headline" x="14" y="21">{escape(title)}</text>',
    ]
    for number, panel in enumerate(panels):
        row, column = divmod(number, columns)
        parts.append(f'<g transform="translate({column * WIDTH} {row * HEIGHT + _HEADLINE})">')
        parts += _drawn(panel)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def _drawn(panel: Panel) -> list[str]:
    every = [point for series in (*panel.series, *panel.guides) for point in series.points]
    if not every:
        raise ValueError(f"'{panel.title}' has no points.")
    across = _axis([x for x, _ in every], _LEFT, WIDTH - _RIGHT, log=panel.log)
    up = _axis([y for _, y in every], HEIGHT - _BOTTOM, _TOP, log=panel.log)
    parts = [f'<text class="ink name" x="14" y="16">{escape(panel.title)}</text>', *_legend(panel)]
    for tick in up.ticks:
        y = up.place(tick)
        parts.append(f'<path class="grid" d="M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}"/>')
        parts.append(f'<text class="faint" x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_short(tick)}</text>')
    for tick in across.ticks:
        x = across.place(tick)
        parts.append(f'<path class="axis" d="M{x:.1f} {HEIGHT - _BOTTOM}v4"/>')
        middle = f'x="{x:.1f}" y="{HEIGHT - _BOTTOM + 16}" text-anchor="middle"'
        parts.append(f'<text class="faint" {middle}>{_short(tick)}</text>')
    parts.append(f'<path class="axis" d="M{_LEFT} {HEIGHT - _BOTTOM}H{WIDTH - _RIGHT}"/>')
    centre, level = (_LEFT + WIDTH - _RIGHT) / 2, (_TOP + HEIGHT - _BOTTOM) / 2
    parts.append(f'<text class="faint" x="{centre}" y="{HEIGHT - 8}" text-anchor="middle">{escape(panel.x)}</text>')
    turned = f'transform="translate(14 {level}) rotate(-90)" text-anchor="middle"'
    parts.append(f'<text class="faint" {turned}>{escape(panel.y)}</text>')
    parts += [f'<path class="line guide" d="{_path(guide.points, across, up)}"/>' for guide in panel.guides]
    for number, series in enumerate(panel.series):
        colour = f"s{number % _COLOURS}"
        if panel.joined:
            parts.append(f'<path class="{colour} line" d="{_path(series.points, across, up)}"/>')
        parts += [
            f'<circle class="{colour}" cx="{across.place(x):.1f}" cy="{up.place(y):.1f}" r="3">'
            f"<title>{escape(series.label)} {_short(x)}: {y:,.4g}</title></circle>"
            for x, y in series.points
        ]
    return parts


def _legend(panel: Panel) -> list[str]:
    """A line of names with their colours, where there is anything to tell apart."""
    named = [(f"s{number % _COLOURS}", one.label) for number, one in enumerate(panel.series)]
    named += [("guide", one.label) for one in panel.guides]
    if len(named) < 2:
        return []
    parts, x = [], float(_LEFT)
    for kind, label in named:
        if not label:
            continue
        parts.append(f'<path class="{kind} line" d="M{x:.0f} 32h16"/>')
        parts.append(f'<text class="faint" x="{x + 20:.0f}" y="36">{escape(label)}</text>')
        x += 32 + _LETTER * len(label)
    return parts


def _path(points: Iterable[tuple[float, float]], across: _Axis, up: _Axis) -> str:
    return "M" + "L".join(f"{across.place(x):.1f} {up.place(y):.1f}" for x, y in points)


def _axis(values: Sequence[float], begin: float, end: float, *, log: bool) -> _Axis:
    if log:
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        high = max(high, low + 1)
        ticks = [10.0**power for power in range(low, high + 1)]
        return _Axis(lambda value: begin + (end - begin) * (math.log10(value) - low) / (high - low), ticks)
    step = _round(max(*values, 0.0) / _TICKS or 1.0)
    many = math.ceil(max(*values, 0.0) / step - 1e-9) or 1
    return _Axis(lambda value: begin + (end - begin) * value / (many * step), [step * at for at in range(many + 1)])


def _round(step: float) -> float:
    """The least of 1, 2, 2.5, 5, 10 times a power of ten that is not smaller."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(times * power for times in (1, 2, 2.5, 5, 10) if times * power >= step * (1 - 1e-9))


def _short(value: float) -> str:
    """A number as an axis has it: 250, 50k, 1.5M."""
    if abs(value) >= 1e6:
        return f"{value / 1e6:g}M"
    return f"{value / 1e3:g}k" if abs(value) >= 1e4 else f"{value:g}"
