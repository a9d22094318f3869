"""The published readability formulas. Knows counts, not texts.

They were fitted on school texts of their time; between languages their values do not compare. A is words per sentence,
y syllables per word.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """What was counted in a text: it has at least one sentence, with at least one word."""

    sentences: int
    words: int
    letters: int
    syllables: int
    long_words: int  # of more than six letters
    words_of_one_syllable: int
    words_of_three_or_more: int  # syllables

    @property
    def words_per_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def syllables_per_word(self) -> float:
        return self.syllables / self.words


def lix(counts: Counts) -> float:
    """A + 100 * words of more than six letters / words. Any language; higher is harder.

    Björnsson 1968, "Läsbarhet".
    """
    return counts.words_per_sentence + 100 * counts.long_words / counts.words


def kandel_moles(counts: Counts) -> float:
    """207 - 1.015 A - 73.6 y. French; higher is easier.

    Kandel and Moles 1958, "Application de l'indice de Flesch à la langue française", Cahiers d'études de
    radio-télévision 19.
    """
    return 207 - 1.015 * counts.words_per_sentence - 73.6 * counts.syllables_per_word


def flesch(counts: Counts) -> float:
    """206.835 - 1.015 A - 84.6 y. English; higher is easier.

    Flesch 1948, "A new readability yardstick", Journal of Applied Psychology 32.
    """
    return 206.835 - 1.015 * counts.words_per_sentence - 84.6 * counts.syllables_per_word


def flesch_kincaid(counts: Counts) -> float:
    """0.39 A + 11.8 y - 15.59. English; a school grade of the United States.

    Kincaid et al. 1975, Research Branch Report 8-75, Naval Technical Training Command.
    """
    return 0.39 * counts.words_per_sentence + 11.8 * counts.syllables_per_word - 15.59


def gulpease(counts: Counts) -> float:
    """89 + (300 sentences - 10 letters) / words. Italian; higher is easier. Letters only, no punctuation.

    Lucisano and Piemontese 1988, "GULPEASE: una formula per la predizione della difficoltà dei testi in lingua
    italiana", Scuola e città 39.
    """
    return 89 + (300 * counts.sentences - 10 * counts.letters) / counts.words


def szigriszt(counts: Counts) -> float:
    """206.835 - 62.3 y - A. Spanish; higher is easier.

    Szigriszt Pazos 1993, "Sistemas predictivos de legibilidad del mensaje escrito"; read on the INFLESZ scale of
    Barrio-Cantalejo et al. 2008.
    """
    return 206.835 - 62.3 * counts.syllables_per_word - counts.words_per_sentence


def amstad(counts: Counts) -> float:
    """180 - A - 58.5 y. German; higher is easier.

    Amstad 1978, "Wie verständlich sind unsere Zeitungen?".
    """
    return 180 - counts.words_per_sentence - 58.5 * counts.syllables_per_word


def wiener_1(counts: Counts) -> float:
    """.1935 MS + .1672 A + .1297 IW - .0327 ES - .875. German; a school grade.

    MS, IW and ES are the percentages of words with three or more syllables, with more than six letters, and with one
    syllable. Bamberger and Vanecek 1984, "Lesen, Verstehen, Lernen, Schreiben".
    """
    percent = 100 / counts.words
    return (
        0.1935 * counts.words_of_three_or_more * percent
        + 0.1672 * counts.words_per_sentence
        + 0.1297 * counts.long_words * percent
        - 0.0327 * counts.words_of_one_syllable * percent
        - 0.875
    )


_FORMULAS: Mapping[str, tuple[Callable[[Counts], float], ...]] = {
    "fr": (kandel_moles,),
    "en": (flesch, flesch_kincaid),
    "it": (gulpease,),
    "es": (szigriszt,),
    "de": (amstad, wiener_1),
}


def apply_formulas(counts: Counts, language: str) -> dict[str, float]:
    """The values of the language's own formulas and of LIX, by name.

    Example: 10 words of 15 syllables in one sentence, 'es' -> {'szigriszt': 103.4, 'lix': 10.0}
    """
    return {formula.__name__: formula(counts) for formula in (*_FORMULAS.get(language, ()), lix)}
