"""The buttons by which an answer is read aloud, as HTML. Knows neither Gradio nor voices: `aloud.js` speaks."""

import json

from markupsafe import Markup

from page import icons
from telling.texts import Texts
from telling.turns import Turn

_SAID = ("listen", "pause", "go_on", "paused", "ended", "skipped", "no_voice", "no_speech", "failed")


def aloud_html(turn: Turn, texts: Texts) -> Markup:
    """Listen, stop and slower, below the answer's first line, as soon as there is something to read.

    What changes while it is read, the script shows: the first button says 'pause' then.
    """
    if not turn.answer and not turn.sentences:
        return Markup("")
    return Markup(
        '<div class="aloud" role="group" aria-label="{title}" data-turn="{turn}" data-said="{said}">'
        '<button type="button" data-aloud="play">{listen_icon}{pause_icon}<span>{listen}</span></button>'
        '<button type="button" data-aloud="stop" hidden>{stop_icon}<span>{stop}</span></button>'
        '<button type="button" data-aloud="slower" aria-pressed="false" hidden><span>{slower}</span></button>'
        '<p class="aloud-told" role="status"></p></div>'
    ).format(
        title=texts["aloud.title"],
        turn=turn.number,
        said=json.dumps({entry: texts[f"aloud.{entry}"] for entry in _SAID}, ensure_ascii=False),
        listen_icon=icons.LISTEN,
        pause_icon=icons.PAUSE,
        stop_icon=icons.STOP,
        listen=texts["aloud.listen"],
        stop=texts["aloud.stop"],
        slower=texts["aloud.slower"],
    )
