"""How hard an answer is, and the ways to the next levels, as HTML. Knows neither Gradio nor how it is measured.

`level.js` hands what is pressed to the page. All that the drawing shows is said in words beside it.
"""

from markupsafe import Markup, escape

from rag.reading_level import band
from rag.types import Readability, ReadingLevel, Status
from telling.texts import Texts
from telling.turns import Turn

_LEVELS = tuple(ReadingLevel)
_MEASURED = frozenset({Status.ANSWERED, Status.QUOTED})


def levels(texts: Texts) -> list[tuple[str, str]]:
    """The four reading levels as (label, value)."""
    return [(texts[f"level.{level.value}"], level.value) for level in ReadingLevel]


def meter_html(turn: Turn, texts: Texts) -> Markup:
    """What level was asked for, what was measured, and two buttons; nothing for an answer that says nothing."""
    if not turn.answer or turn.answer.status not in _MEASURED:
        return Markup("")
    level, language = turn.question.level, turn.question.language
    said, drawn = _measured_html(turn.answer.readability, level, language, texts)
    return Markup(
        '<section class="meter" id="m{number}" tabindex="-1" aria-label="{name}">'
        '<p class="meter-told"><span class="meter-asked">{asked}</span> <span class="meter-measured">{said}</span></p>'
        "{drawn}{moves}</section>"
    ).format(
        number=turn.number,
        name=texts["meter.name"],
        asked=texts["meter.asked"].format(level=texts[f"level.{level.value}"]),
        said=said,
        drawn=drawn,
        moves=_moves_html(turn, texts) if turn.found and turn.found.evidence else "",
    )


def _measured_html(measured: Readability, level: ReadingLevel, language: str, texts: Texts) -> tuple[Markup, Markup]:
    """What was measured, in words and as a drawing; too few words, or others', have no figure."""
    if measured.level is None:
        return escape(texts["meter.short"]), Markup("")
    fits = band(level, language)
    place = "inside" if fits.holds(measured.difficulty) else "above" if measured.difficulty > fits.high else "below"
    said = texts[f"meter.{place}"].format(difficulty=round(measured.difficulty), margin=round(measured.margin))
    low, high = (max(0.0, min(100.0, measured.difficulty + by)) for by in (-measured.margin, measured.margin))
    drawn = Markup(
        '<svg class="meter-scale" data-place="{place}" viewBox="0 0 100 6" '
        'preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="scale" x="0" y="2" width="100" height="2"/>'
        '<rect class="fits" x="{begin:.1f}" y="1" width="{wide:.1f}" height="4"/>'
        '<rect class="may" x="{low:.1f}" y="2.6" width="{spread:.1f}" height=".8"/>'
        '<rect class="is" x="{at:.1f}" y="0" width="1.2" height="6"/></svg>'
    ).format(
        place=place,
        begin=fits.low,
        wide=fits.high - fits.low,
        low=low,
        spread=high - low,
        at=max(0.0, min(98.8, measured.difficulty - 0.6)),
    )
    return escape(said), drawn


def _moves_html(turn: Turn, texts: Texts) -> Markup:
    """Simpler and more detail; the one that leads nowhere cannot be pressed."""
    place = _LEVELS.index(turn.question.level)
    return Markup('<p class="meter-moves">{}{}</p>').format(
        _move_html(turn, "simpler", place - 1, texts), _move_html(turn, "deeper", place + 1, texts)
    )


def _move_html(turn: Turn, name: str, place: int, texts: Texts) -> Markup:
    is_level = 0 <= place < len(_LEVELS)
    level = _LEVELS[place] if is_level else None
    return Markup(
        '<button type="button" class="move" id="{name}{number}" data-turn="{number}" data-level="{level}"{disabled}>'
        '{label}<span class="unseen">{told}</span></button>'
    ).format(
        name=name,
        number=turn.number,
        level=level.value if level else "",
        disabled="" if level else Markup(" disabled"),
        label=texts[f"meter.{name}"],
        told=f" ({texts[f'level.{level.value}']})" if level else "",
    )
