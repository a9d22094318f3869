"""Small drawings beside words. They add nothing for who listens, so they are hidden from screen readers."""

from markupsafe import Markup

_FRAME = Markup('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>')

NEWS = _FRAME.format(
    Markup('<path d="M4 5h13v14H6a2 2 0 0 1-2-2zM17 9h3v8a2 2 0 0 1-2 2M7.5 9h6M7.5 12.5h6M7.5 16h4"/>')
)
SPEECH = _FRAME.format(
    Markup(
        '<path d="M4 5h16v11h-8l-5 4v-4H4zM8.5 12.5c1.2-.6 1.8-1.7 1.8-3.5H8v2M14 12.5c1.2-.6 1.8-1.7 1.8-3.5h-2.3v2"/>'
    )
)
OPINION = _FRAME.format(Markup('<path d="M4 10v4h3l8 4V6l-8 4zM18 9.5a4 4 0 0 1 0 5M8 14.5l1.5 5H12l-1-4"/>'))
COMMENTS = _FRAME.format(
    Markup('<circle cx="9" cy="9" r="3.5"/><path d="M2.8 20c.6-4 2.9-6 6.2-6s5.6 2 6.2 6M15 4h6v6h-3l-2 2"/>')
)
CALENDAR = _FRAME.format(Markup('<path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4"/>'))
CLOCK = _FRAME.format(Markup('<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.5 2"/>'))
SCALES = _FRAME.format(
    Markup('<path d="M12 4v16M8 20h8M5 7h14M5 7l-3 7a3.2 3.2 0 0 0 6 0zM19 7l-3 7a3.2 3.2 0 0 0 6 0z"/>')
)
LISTEN = _FRAME.format(
    Markup('<path d="M4 9.5v5h3.5l4.5 4v-13l-4.5 4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.2a8 8 0 0 1 0 11.6"/>')
)
PAUSE = _FRAME.format(Markup('<path d="M8.5 6v12M15.5 6v12"/>'))
STOP = _FRAME.format(Markup('<path d="M7 7h10v10H7z"/>'))
