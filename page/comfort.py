"""The panel in which readers make the page easier to read, as HTML. Knows neither Gradio nor answers.

What is chosen never reaches the server: `comfort.js` keeps it in the browser, and `comfort.css` shows it.
"""

from markupsafe import Markup

from telling.texts import Texts

CHOICES = {
    "font": ("usual", "dyslexia"),
    "size": ("usual", "large", "larger"),
    "lines": ("usual", "wide"),
    "contrast": ("usual", "more"),
}


def comfort_html(texts: Texts) -> Markup:
    """A button and its panel: the browser's own popover, Enter opens it, Escape closes it."""
    choices = Markup("").join(_choice_html(choice, values, texts) for choice, values in CHOICES.items())
    return Markup(
        '<button type="button" class="comfort-open" popovertarget="comfort" title="{title}">'
        '<span aria-hidden="true">Aa</span><span class="unseen">{title}</span></button>'
        '<div popover class="comfort-panel" id="comfort" role="dialog" aria-labelledby="comfort-title">'
        '<h2 id="comfort-title">{title}</h2>{choices}<p class="comfort-about">{about}</p><p class="comfort-end">'
        '<button type="button" data-comfort="reset">{reset}</button> '
        '<button type="button" popovertarget="comfort" popovertargetaction="hide">{close}</button></p></div>'
    ).format(
        title=texts["comfort.title"],
        choices=choices,
        about=texts["comfort.about"],
        reset=texts["comfort.reset"],
        close=texts["comfort.close"],
    )


def _choice_html(choice: str, values: tuple[str, ...], texts: Texts) -> Markup:
    options = Markup("").join(
        Markup(
            '<label><input type="radio" name="comfort-{choice}" value="{value}"> '
            '<span class="comfort-{choice}-{value}">{label}</span></label>'
        ).format(choice=choice, value=value, label=texts[f"comfort.{choice}_{value}"])
        for value in values
    )
    return Markup('<fieldset class="comfort-choice"><legend>{}</legend><div>{}</div></fieldset>').format(
        texts[f"comfort.{choice}"], options
    )
