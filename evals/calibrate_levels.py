"""Fit what difficulty is made of and the bands of the levels: `python -m evals.calibrate_levels --write`.

Prints how well levels are told apart on texts that were left out of the fit; with `--write` makes
`rag/reading_levels.toml` and `docs/reading_levels.svg`. docs/reading_levels.md explains. Knows files, not the fit.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from cli.edge import command, console
from corpus.language import READER_LANGUAGES
from evals.level_report import article_table, draw, level_table, onestop_table
from evals.level_scale import (
    FEATURES,
    NINE_IN_TEN,
    Piece,
    Scale,
    Vector,
    cut,
    fit_middles,
    fit_noise,
    fit_scale,
    fit_spread,
    reference,
)
from evals.level_texts import LEVELS, KnownText, articles, encyclopedia, onestop, written
from rag.reading_level import LEVELS_FILE
from rag.types import ReadingLevel

_REPOSITORY = Path(__file__).resolve().parent.parent
_PLOT = _REPOSITORY / "docs" / "reading_levels.svg"
_HEADER = """# How hard a text is, and whom it fits; docs/reading_levels.md explains.
# Made by `python -m evals.calibrate_levels --write`.
# weights: of the features, as distances from an encyclopedia's paragraphs in standard deviations.
# typical: mean and standard deviation of each feature there (words per sentence by its logarithm).
# spread: standard deviation of their weighted sum there; 10 points near the middle.
# bands: lowest and highest difficulty that fits a level. starts: where a level becomes the likeliest one.
# noise: a text of n words is off by noise / sqrt(n) points or less, nine times in ten.
"""
Bands = dict[str, dict[str, tuple[float, float]]]


def known_texts(seeds: Path, data: Path) -> list[KnownText]:
    demo = articles(_REPOSITORY / "corpus" / "articles", "demo")
    return [*demo, *articles(seeds, "seeds"), *written(), *onestop(data)]


def bands_of(middles: Mapping[str, Mapping[ReadingLevel, float]], spread: float) -> Bands:
    """Nine tenths of a level's pieces; a child's text cannot be too easy, nor an adult's too hard."""
    reach = NINE_IN_TEN * spread
    return {
        language: {
            level.value: (
                0.0 if level is ReadingLevel.CHILD else round(middle - reach, 1),
                100.0 if level is ReadingLevel.ADULT else round(middle + reach, 1),
            )
            for level, middle in of_level.items()
        }
        for language, of_level in middles.items()
    }


def as_toml(
    scale: Scale, typical: Mapping[str, Vector], middles: Mapping[str, Mapping[ReadingLevel, float]], bands: Bands,
    noise: float,
) -> str:  # fmt: skip
    lines = [_HEADER, f"noise = {noise:.1f}\n", "[weights]"]
    lines += [f"{name} = {weight:.3f}" for name, weight in zip(FEATURES, scale.weights, strict=True)]
    for language in READER_LANGUAGES:
        rows = typical[language]
        lines += [f"\n[{language}]", f"spread = {scale.spreads[language]:.4f}", f"\n[{language}.typical]"]
        for name, mean, spread in zip(FEATURES, rows.mean(axis=0), rows.std(axis=0), strict=True):
            lines.append(f"{name} = [{mean:.4f}, {spread:.4f}]")
        lines.append(f"\n[{language}.bands]")
        lines += [f"{level} = [{low}, {high}]" for level, (low, high) in bands[language].items()]
        lines.append(f"\n[{language}.starts]")
        for easier, harder in pairwise(LEVELS):
            lines.append(f"{harder} = {(middles[language][easier] + middles[language][harder]) / 2:.1f}")
    return "\n".join(lines) + "\n"


def show(title: str, heads: Sequence[str], table: Mapping[str, Sequence[float]]) -> None:
    """A Markdown table; shares as they are, counts whole."""
    console.print(f"\n{title}\n\n| | {' | '.join(heads)} |\n|---|{'---|' * len(heads)}", markup=False)
    for name, values in table.items():
        cells = [str(value) if isinstance(value, int) else f"{value:.2f}" for value in values]
        console.print(f"| {name} | {' | '.join(cells)} |", markup=False)


def report(texts: list[KnownText], parts: list[Piece], scale: Scale, typical: Mapping[str, Vector]) -> None:
    heads = ["ele < int", "int < adv", "ele < adv"]
    show("OneStop, right order of whole texts", heads, onestop_table(texts, typical))
    heads = ["pairs", "right order", "AUC of pieces"]
    show("Children's and adults' articles", heads, article_table(texts, typical))
    show("Level of pieces", ["own", "own or a neighbour", "pieces"], level_table(parts, scale))


@command
def main(
    seeds: Annotated[Path, typer.Option(help="The folder of the seed documents.")] = Path("../shared/seeds"),
    data: Annotated[Path, typer.Option(help="The folder of the evaluation data.")] = Path("../shared/evals"),
    write: Annotated[bool, typer.Option(help="Write the levels and the plot.")] = False,
) -> None:
    """Fit, and tell how good it is."""
    typical = reference(encyclopedia(data))
    texts = known_texts(seeds, data)
    parts = [piece for text in texts for piece in cut(text, typical)]
    scale = fit_scale([piece for piece in parts if piece.of.source != "written"], typical)
    for_levels = [piece for piece in parts if piece.of.source != "onestop"]
    middles = fit_middles(for_levels, scale)
    bands = bands_of(middles, fit_spread(for_levels, scale, middles))
    found = as_toml(scale, typical, middles, bands, fit_noise(parts, scale))
    console.print(found, markup=False, highlight=False)
    report(texts, parts, scale, typical)
    if write:
        LEVELS_FILE.write_text(found, encoding="utf-8")
        draw(parts, scale, bands, _PLOT)


if __name__ == "__main__":
    typer.run(main)
