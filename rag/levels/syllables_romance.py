"""Syllables of French, Italian and Spanish words, by rules and short lists. Knows words in lower case."""

import re

# French: a final e is silent, one inside a word is counted (ra-pi-de-ment); i, u and ou before a vowel are glides
# (na-tion) except after a consonant and l or r (cli-ent, cru-el).
_FR_SOUNDED_ENT = re.compile(
    r"argent|agent|urgent|(?:grands?-?)?parent|(?:ac|in|oc|é)?cident|accident|évident|président|vice-?président|résident|"
    r"(?:in)?différent|(?:ré|dé|ac)?cent|vent|lent|talent|violent|excellent|insolent|équivalent|dent|(?:im)?patient|client|"
    r"orient|inconvénient|quotient|ingrédient|.*[tv]ient|(?:omni)?(?:ab|pré)sent|(?:mé)?content|fréquent|permanent|"
    r"(?:in)?continent|éminent|imminent|pertinent|adolescent|innocent|(?:in)?intelligent|indulgent|diligent|"
    r"(?:im)?prudent|précédent|transparent|apparent|(?:in)?cohérent|adhérent|concurrent|torrent|serpent|arpent|"
    r"(?:con|re|pres)?sent|turbulent|ambivalent|convalescent|régent|contingent|détergent|divergent|émergent|convergent|"
    r"(?:in)?décent|(?:in)?conscient|(?:co)?efficient|récipient|éloquent|délinquent|conséquent|souvent|couvent|auvent|"
    r"paravent|antécédent|dissident|confident|strident|ardent|confluent|affluent|incident|occident"
)
_FR_SILENT_MENT = re.compile(
    r"(?:aim|.*(?:dorm|form|ferm|nomm|affirm|confirm|exprim|imprim|résum|consomm|estim|anim|arm|assum|rythm|"
    r"prim|supprim|comprim|déprim|fum|parfum|allum|cré?m|sem|filme?|programm|transform|inform|calm|charm|cham|clam|"
    r"proclam|réclam|acclam|gomm|somm|endorm|intim|légitim|abîm|gramm|chôm|blâm|tram|entam|diffam|affam))ent"
)
_FR_SINGLE_ENT = re.compile(r"[^aeiouyàâéèêëîïôùûüœ]*ent")
_FR_UNIT = re.compile(
    r"(?:(?<![bcdfgptv][lr])(?:ou(?=[aeéèêiâ])|u(?=[aàeéèêioô])|i(?=[aàâeéèêoôuœ]))|y(?=[aeiouéèâêô]))?"
    r"(?:eaux?|œui?|œi|oeu|eui(?=l)|uei(?=l)|aî|ai|aû|au|ei|eî|eu|eû|où|ou|oû|oi|oî|ui|uî|"
    r"[aàâeéèêëiîïoôuûùüyœæ])"
)

# Italian: i and u are glides beside another vowel (pia-no, uo-mo); u before a or e is one only after q and g.
_IT_STRESSED_END = re.compile(
    r"(?:log|graf|sof|crazi|nom|pat|scop|arch|fob|man|etr|tterie?|cceri|zzeri|rreri|lleri|breri|steri|"
    r"cheri|gheri|leri|seri|teleferi)i[ae]$"
)
_IT_STRESSED_ERIA = re.compile(r"(?:tt|zz|cc|ll|br|st|ch|gh|nn|rr|ss|nd|rt|gl|p)eri[ae]$")
_IT_VOWELS = re.compile(r"[aeiouàèéìíîòóùúy]+")

# Spanish: a, e and o are syllables, and so are í and ú; i and u are glides beside another vowel.
_ES_VOWELS = re.compile(r"[aeiouáéíóúü]+(?:h[aeiouáéíóúü]+)*")
_ES_STRONG = re.compile(r"[aeoáéóíú]")


def french(word: str) -> int:
    """Example: 'client' -> 2, 'nation' -> 2, 'mangent' -> 1, 'souvent' -> 2"""
    word = re.sub(r"qu(?=[aeiouyàâéèêëîïôœ]|$)|q", "k", word)
    word = re.sub(r"gu(?=[eiyéèêëî])", "g", word)
    word = re.sub(r"ge(?=[aoâôu](?!n?$))|ge(?=[ao])", "j", word)
    word = re.sub(r"(?<=[aeouœ])ill", "j", word)
    word = _without_silent_end(word)
    word = re.sub(r"(?<=[aiouéy])e(?=(?:ment|rai|ra|rez|ront|rons|rions|té)s?)", "", word)
    word = re.sub(r"(?<=[aoue])y(?=[aeiouéèâê])", "ij", word)
    word = re.sub(r"(?<=[aoe])y(?![aeiouéèâê])", "", word)
    return len(_FR_UNIT.findall(word))


def _without_silent_end(word: str) -> str:
    """Example: 'parlent' -> 'parl', 'tables' -> 'tabl', 'moment' -> 'moment'"""
    if word.endswith("ent"):
        sounded = word.endswith("ment") and not _FR_SILENT_MENT.fullmatch(word)
        if sounded or _FR_SOUNDED_ENT.fullmatch(word) or _FR_SINGLE_ENT.fullmatch(word):
            return word
        return word[:-3]
    stripped = re.sub(r"es?$", "", word)
    return stripped if re.search(r"[aeiouyàâéèêëîïôùûüœ]", stripped) else word


def italian(word: str) -> int:
    """Example: 'aiuola' -> 3, 'tecnologia' -> 5, 'storia' -> 2"""
    extra = bool(_IT_STRESSED_END.search(word) or _IT_STRESSED_ERIA.search(word))
    word = re.sub(r"(?<=[qg])u(?=[aeioàèéìòù])|(?<=[aeiou][^aeiou])u(?=[aeo]$)", "", word)
    return extra + sum(_italian_group(group) for group in _IT_VOWELS.findall(word))


def _italian_group(group: str) -> int:
    """How many syllables a row of vowels makes: 'aiu' -> 2, 'uo' -> 1, 'ea' -> 2"""
    parts = re.split(r"(?<=[aeiou])[iu](?=[aeiouàèéìòù])", group, maxsplit=1) if len(group) > 2 else [group]
    if len(parts) > 1:
        return sum(_italian_group(part) for part in parts if part)
    strong = len(re.findall(r"[aeoàèéìíîòóùú]", group))
    hiatus = len(re.findall(r"u(?=[aeàèé])", group))
    return max(1, strong + hiatus)


def spanish(word: str) -> int:
    """Example: 'país' -> 2, 'ciudad' -> 2, 'leer' -> 2, 'guitarra' -> 3"""
    word = re.sub(r"qu(?=[eiéí])", "k", word)
    word = re.sub(r"gu(?=[eiéí])", "g", word)
    word = re.sub(r"y(?![aeiouáéíóúü])", "i", word)
    return sum(max(1, len(_ES_STRONG.findall(group))) for group in _ES_VOWELS.findall(word))
