"""A chart with its words: caption, numbers as a table, and the files to download."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from rekb.exports.sheet import csv_text
from rekb.site.charts import standalone
from rekb.site.page import Asset


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart with its numbers."""

    id: str
    title: str
    note: str
    svg: Markup
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    folder: str
    """Address of the page; the files stand below it."""

    @property
    def svg_path(self) -> str:
        """Address of the chart as a file."""
        return f"{self.folder}{self.id}.svg"

    @property
    def csv_path(self) -> str:
        """Address of its numbers as a file."""
        return f"{self.folder}{self.id}.csv"


def chart_assets(charts: Iterable[ChartView]) -> tuple[Asset, ...]:
    """Return every chart as SVG and as CSV."""
    assets = []
    for chart in charts:
        assets.append(Asset(chart.svg_path, standalone(chart.svg, chart.title, chart.note)))
        assets.append(Asset(chart.csv_path, csv_text((chart.header, *chart.rows)).encode()))
    return tuple(assets)
