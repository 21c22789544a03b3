"""Charts as SVG made at build time: the theme's colours through CSS classes, no script, no network."""

from rekb.site.charts.bars import Bar, Mark, Stack, bar_chart, stacked_bars
from rekb.site.charts.columns import Panel, column_chart, multiples, skyline
from rekb.site.charts.points import Axis, DotRow, Point, dot_plot, scatter
from rekb.site.charts.svg import standalone
from rekb.site.charts.tradeoff import Dimension, Spot, tradeoff_chart

__all__ = [
    "Axis",
    "Bar",
    "Dimension",
    "DotRow",
    "Mark",
    "Panel",
    "Point",
    "Spot",
    "Stack",
    "bar_chart",
    "column_chart",
    "dot_plot",
    "multiples",
    "scatter",
    "skyline",
    "stacked_bars",
    "standalone",
    "tradeoff_chart",
]
