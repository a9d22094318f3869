"""How well difficulty tells levels apart, on texts that were left out of its fit; and the plot. Knows no files."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise, product
from pathlib import Path

from corpus.language import READER_LANGUAGES
from evals.level_scale import Piece, Scale, Vector, cut, fit_middles, fit_scale
from evals.level_texts import LEVELS, KnownText
from rag.reading_level import formulas_of
from rag.types import ReadingLevel

_FOLDS = 5
_GROWN_UP, _TEEN = LEVELS.index(ReadingLevel.ADULT), LEVELS.index(ReadingLevel.TEEN)
Measure = Callable[[KnownText], float]


def right_order(pairs: Sequence[tuple[KnownText, KnownText]], hardness: Measure) -> float:
    """The share of pairs (easier, harder) that are told apart rightly; a tie is half right."""
    found = [(hardness(easier), hardness(harder)) for easier, harder in pairs]
    return sum((low < high) + (low == high) / 2 for low, high in found) / len(found)


def area_under_curve(easier: Sequence[float], harder: Sequence[float]) -> float:
    """How likely a harder one is above an easier one."""
    pairs = list(product(easier, harder))
    return sum((low < high) + (low == high) / 2 for low, high in pairs) / len(pairs)


def onestop_table(texts: Sequence[KnownText], typical: Mapping[str, Vector]) -> dict[str, list[float]]:
    """Right order of neighbours and of the extremes, by measure; difficulty is fitted without the story asked of."""
    onestop = [text for text in texts if text.source == "onestop"]
    stories = sorted({text.story for text in onestop})
    difficulties: dict[str, float] = {}
    for fold in range(_FOLDS):
        held = set(stories[fold::_FOLDS])
        scale = _scale_without(texts, typical, lambda text, held=held: text.story in held)  # type: ignore[misc]
        for text in onestop:
            if text.story in held:
                difficulties[text.name] = scale.difficulty(cut(text, typical, whole=True)[0])
    formulas = {text.name: formulas_of(text.text, "en") for text in onestop}
    measures: dict[str, Measure] = {
        "difficulty": lambda text: difficulties[text.name],
        "Flesch-Kincaid": lambda text: formulas[text.name]["flesch_kincaid"],
        "Flesch": lambda text: -formulas[text.name]["flesch"],
        "LIX": lambda text: formulas[text.name]["lix"],
    }
    steps = ((0, 1), (1, 2), (0, 2))
    return {name: [right_order(_pairs(onestop, *step), how) for step in steps] for name, how in measures.items()}


def article_table(texts: Sequence[KnownText], typical: Mapping[str, Vector]) -> dict[str, list[float]]:
    """By language: how many pairs of a children's and an adults' article, the share in right order, and for their
    pieces the area under the curve. The weights come from the other languages.
    """
    table = {}
    for language in READER_LANGUAGES:
        scale = _scale_without(texts, typical, lambda text, held=language: text.language == held)  # type: ignore[misc]
        own = [text for text in texts if text.language == language and text.source in ("demo", "seeds")]
        young = [text for text in own if text.rank < _TEEN]
        adult = [text for text in own if text.rank == _GROWN_UP]
        whole = {text.name: scale.difficulty(cut(text, typical, whole=True)[0]) for text in own}
        pairs = list(product(young, adult))
        by_piece = [[scale.difficulty(p) for text in group for p in cut(text, typical)] for group in (young, adult)]
        order = right_order(pairs, lambda text, of=whole: of[text.name])  # type: ignore[misc]
        table[language] = [len(pairs), order, area_under_curve(*by_piece)]
    return table


def level_table(parts: Sequence[Piece], scale: Scale) -> dict[str, list[float]]:
    """By language: the share of pieces given their own level, and theirs or a neighbour, with the text left out of the
    middles of the levels.
    """
    hits: dict[str, list[tuple[bool, bool]]] = {language: [] for language in READER_LANGUAGES}
    names = sorted({piece.of.name for piece in parts if piece.of.level and piece.of.source != "onestop"})
    for name in names:
        middles = fit_middles([piece for piece in parts if piece.of.name != name], scale)
        for piece in parts:
            if piece.of.name == name and piece.of.level:
                middle = middles[piece.of.language]
                starts = [(middle[low] + middle[high]) / 2 for low, high in pairwise(LEVELS)]
                off = abs(sum(scale.difficulty(piece) >= s for s in starts) - LEVELS.index(piece.of.level))
                hits[piece.of.language].append((off == 0, off <= 1))
    return {
        language: [sum(hit[k] for hit in found) / len(found) for k in (0, 1)] + [len(found)]
        for language, found in hits.items()
    }


def draw(parts: Sequence[Piece], scale: Scale, bands: Mapping[str, Mapping[str, Sequence[float]]], path: Path) -> None:
    """One row a language and level: the band, and a dot for each piece (round: an article, cross: written for this)."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "levels"
    from matplotlib import pyplot

    colours = ("#2a9d8f", "#8ab17d", "#e9a23b", "#c8553d")
    figure, axes = pyplot.subplots(len(READER_LANGUAGES), 1, figsize=(7, 8), sharex=True)
    for axis, language in zip(axes, READER_LANGUAGES, strict=True):
        for row, (level, colour) in enumerate(zip(LEVELS, colours, strict=True)):
            low, high = bands[language][level.value]
            axis.barh(row, high - low, left=low, color=colour, alpha=0.25)
            for source, mark in (("demo", "o"), ("seeds", "o"), ("written", "x")):
                found = [p for p in parts if (p.of.language, p.of.level, p.of.source) == (language, level, source)]
                axis.plot([scale.difficulty(p) for p in found], [row] * len(found), mark, color=colour, markersize=4)
        axis.set_yticks(range(len(LEVELS)), [level.value for level in LEVELS])
        axis.set_title(language, loc="left", fontsize=9)
    axes[-1].set_xlim(0, 100)
    axes[-1].set_xlabel("difficulty (50: a paragraph of an encyclopedia)")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def _pairs(texts: Sequence[KnownText], easier: int, harder: int) -> list[tuple[KnownText, KnownText]]:
    by_rank = {(text.story, text.rank): text for text in texts}
    return [(by_rank[story, easier], by_rank[story, harder]) for story in sorted({text.story for text in texts})]


def _scale_without(
    texts: Sequence[KnownText], typical: Mapping[str, Vector], held: Callable[[KnownText], bool]
) -> Scale:
    kept = [text for text in texts if text.source != "written" and not held(text)]
    return fit_scale([piece for text in kept for piece in cut(text, typical)], typical)
