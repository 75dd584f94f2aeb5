"""Whether a text is English prose: by its script, then by its commonest words. Cheap, and meant only to stop what
the extractors cannot read; a text too short to tell passes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_SAMPLE = 20_000
_FEWEST_WORDS = 25
_LEAST_ENGLISH = 0.04

_WORD = re.compile(r"[^\W\d_]+")

_COMMONEST = (
    "the of and to in that is was for on with as by at from it its his her he she they their this be are were has have "
    "had not but or which who will would said an we you our been can could more if about than into over after when "
    "there no all any what i"
)
_ENGLISH = frozenset(_COMMONEST.split())
_OTHERS = {
    "German": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es werden aus hat "
    "dass sie nach wird bei einer um am sind noch wie einem über so zum haben",
    "French": "le la les de des et du en un une est que qui dans pour par sur pas au plus avec ce il sont ne se aux "
    "cette été ses ont mais comme nous leur d l",
    "Spanish": "el la los las de del y en que un una por con para es se su al lo como más pero sus le ha este entre "
    "está también fue son",
    "Italian": "il la le gli di del della che e è un una per con non si da dei sono al nel alla ha come anche più lo "
    "ma delle i",
    "Portuguese": "o os as de do da dos das que e um uma em no na para com não por se mais ao como foi são à pelo",
    "Dutch": "de het een van en dat zijn voor met op niet aan er ook als om door maar bij naar uit over nog heeft "
    "wordt te",
    "Swedish, Danish or Norwegian": "och att det som en på är av för med till den har de inte om ett var og at er til "
    "ikke af jeg vi han men så der",
    "Polish": "w i na z się nie do że jest to o po od za przez jak ale są dla oraz był tego",
    "Czech or Slovak": "a v na se je že z do s to o by za pro jako ale po podle jsou tak už sa aj",
    "Hungarian": "a az és hogy nem is egy meg ez volt már csak mint de ki el amely",
    "Romanian": "și de la în a cu pe din nu este care o un să au mai fi al ce pentru",
    "Finnish": "ja on ei se että oli hän ovat mutta myös kun niin joka kuin",
    "Turkish": "ve bir bu da de için ile olarak çok daha olan gibi ne kadar sonra",
    "Indonesian or Malay": "yang dan di dengan untuk dari dalam ini itu pada tidak akan ke oleh juga adalah telah",
    "Vietnamese": "và của là có cho không được trong các một với những người đã này",
}
_OTHER_WORDS = {language: frozenset(words.split()) for language, words in _OTHERS.items()}


def not_english(text: str) -> str | None:
    """Why the text is not English, in a few words; None where it is, or where it is too short to tell."""
    sample = text[:_SAMPLE]
    return _other_script(sample) or _other_language(sample)


def _other_script(sample: str) -> str | None:
    letters = [c for c in sample if c.isalpha()]
    others = [c for c in letters if not _latin(c)]
    if len(others) * 2 <= len(letters):
        return None
    scripts = Counter(unicodedata.name(c, "UNKNOWN").split()[0].title() for c in others)
    script = min(scripts, key=lambda name: (-scripts[name], name)).replace("Cjk", "Chinese or Japanese")
    return f"most of its letters are {script}"


def _latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter < "\u1f00" or unicodedata.name(letter, "").startswith("LATIN")


def _other_language(sample: str) -> str | None:
    words = Counter(word.casefold() for word in _WORD.findall(sample))
    total = words.total()
    if total < _FEWEST_WORDS:
        return None
    english = sum(words[w] for w in _ENGLISH) / total
    shares = {language: sum(words[w] for w in known) / total for language, known in _OTHER_WORDS.items()}
    language = max(shares, key=lambda name: shares[name])
    if shares[language] > max(english, 0.1):
        return f"its commonest words look {language}"
    if english < _LEAST_ENGLISH and total >= 2 * _FEWEST_WORDS:
        return f"only {english:.0%} of its words are common English words"
    return None
