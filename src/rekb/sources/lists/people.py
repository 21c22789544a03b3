"""Lines of authors: ``Ada Berg, Li Chen``, ``Berg, Ada and Chen, Li``."""

import re
from functools import lru_cache

from rekb.sources.latex import plain_if_latex
from rekb.sources.well_known import is_well_known

_PART = re.compile(r"\s*[;|\u00b7]\s*|,\s+and\s+|\s+and\s+|\s*&\s*|\s*,\s*")
# Accents may stand behind their letters, as signs of their own.
_WORD = re.compile(r"[^\W\d_][\w.'\u2019\u2010\u0300-\u036f-]*")
_PARTICLE_WORDS = "van der den de la di da dos del von zu el al bin ibn le du ten ter te"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
# Affiliations look like names: words with capitals between commas.
_BODIES = re.compile(
    r"\b(?:universit\w*|institut\w*|laborator\w*|labs?|research|inc|academy|college|school|department|google|meta|team)\b",
    re.IGNORECASE,
)
# U+7B49 is the Chinese `et al.`
_SHORT = re.compile(r"\bet\.? ?al\b\.?|\betc\b\.?|(?:\band|,) others\b|\u7b49\Z", re.IGNORECASE)
_LOOSE = frozenset({"etc", "etc.", "and others", ", others"})
"""Words that stand behind things as well as behind names."""
_UP_TO_OTHERS = re.compile(r".*?(?:\bet\.? ?al\b\.?|\band others\b)", re.IGNORECASE)
_FIRST_ONLY = re.compile(r"([^\W\d_][\w'\u2019\u2010-]+)[\s,]+et\.? ?al\b\.?")
"""Nothing but a family name: ``Berg et al.``."""
_INVERTED = re.compile(
    r"[^\W\d_][\w'\u2019\u2010 -]{1,40},\s*[^\W\d_][\w.'\u2019\u2010-]*(?:\s[^\W\d_]\.?)*"
    r"|[^\W\d_][\w'\u2019\u2010-]*,(?:\s+[A-Z][\w.'\u2019\u2010-]*){2,3}"
)
"""One name, family name first: ``Berg, A.``, ``Berg, Ada M.``, ``Berg, Ada Li``."""
_FIRST_INVERTED = re.compile(r"([^\s,]+,\s[^\s,]+(?:\s[A-Z]\.|\s[A-Z][\w-]+)*),?\s(?:and\s|&\s)?(.*)")
"""``Berg, Ada, and Li Chen``: only the first name is turned round."""
CUT_WORD = re.compile(
    r"\b(?:J|Proc|Trans|Int|Intl|Conf|Symp|Adv|Ann|Rev|Lett|Phys|Math|Comput|Comp|Inf|Sci|Eng|Appl|Res|Natl|Acad|Am"
    r"|Soc|Mech|Chem|Biol|Med|Electron|Syst|Softw|Vol|No|Univ)\.\s+\Z"
)
"""Words of a venue that are cut short: the stop behind them ends nothing."""
OTHERS = "et al."
"""Stands behind the names of a line that leaves some out."""
_LABEL = re.compile(r"^\W*(?:authors?|by)\s*[:\uff1a]?\s*", re.IGNORECASE)
# Papers mark equal shares and affiliations so, and lists copy the marks with the names.
_MARKS = re.compile(r"[*\u2020\u2021\u00a7\d]+")
_BARE_ACCENT = re.compile(r"\{(?=['`^\"~=.][A-Za-z]\})")
"""An accent of LaTeX whose backslash Markdown took: ``Andr{'e}``."""
_BRACKETS = re.compile(r"\([^()]*\)")
_MOST_WORDS = 5
_FEWEST_NAMES = 2
_ENOUGH_NAMES = 5
"""Names of a line from which on one may be misspelled."""
_SURE_NAMES = 3
"""Names that can be read from which on a line is one of names, even if one of it cannot be read."""
_ODD_IN = 3
"""Names that can be read for each that cannot."""
_MOST_ODD_WORDS = 4
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Signs that nobody sees: soft hyphens, spaces without width, marks of direction."""
_STRAY = re.compile(r"[{}]+\Z|\A[{}]+")
_LONGEST_NAMES = 600
_REMEMBERED = 2048
"""Texts that are remembered: of one work, several readers ask for the names in the same words."""
_CHINESE = re.compile("[\u3400-\u9fff]")
_BETWEEN_PARTS = re.compile(r"\s+[\u00b7\u2022|/\u2013\u2014-]\s+")
"""What parts names from the venue behind them: ``Ada Berg, Li Chen | ExConf``."""
_YEAR_BEHIND = re.compile(r"\s*\((?:19|20)\d\d[a-z]?\)\Z")


@lru_cache(_REMEMBERED)
def names_in(text: str, fewest: int = _FEWEST_NAMES) -> tuple[str, ...]:
    """Return the names of a line that holds nothing else; none where it may say something else.

    Args:
        text: the line; where it leaves authors out, `OTHERS` comes after the names.
        fewest: how many names there must be; one is enough before ``et al.``.
    """
    # Lists copy names from bibliographies, with their accents, and from Chinese pages, with their commas.
    spelled = _BARE_ACCENT.sub(r"{\\", _UNSEEN.sub("", text.strip()))
    if spelled.count("{") != spelled.count("}"):
        spelled = _STRAY.sub("", spelled)
    bare = _LABEL.sub("", plain_if_latex(spelled).replace("\uff0c", ", "))
    bare = _MARKS.sub("", bare)
    bare = _BRACKETS.sub("", bare).strip(" .,;:*_()")
    if not bare or _BODIES.search(bare):
        return ()
    short = _SHORT.search(bare)
    if short is None:
        return _all_names(bare, fewest)
    if short[0].lower() in _LOOSE:
        names = _all_names(_SHORT.sub("", bare), _FEWEST_NAMES)
    else:
        names = _first_names(bare)
    if names:
        return (*names, OTHERS)
    return ()


def names_before(text: str) -> tuple[str, ...]:
    """Return the names that stand before a title; one with the family name first may stand alone."""
    names = names_in(text, 1)
    if not names and _INVERTED.fullmatch(text.strip(" .")):
        return (text.strip(),)
    return names


def _first_names(text: str) -> tuple[str, ...]:
    """Return the names of a line that leaves the others out: ``A. Berg, L. Chen et al.``."""
    alone = _FIRST_ONLY.fullmatch(text)
    if alone and alone[1][0].isupper():
        return (alone[1],)
    named = _SHORT.sub("", text).strip(" ,;&")
    if _INVERTED.fullmatch(named):
        return (named,)
    return _all_names(named, 1)


def _all_names(text: str, fewest: int) -> tuple[str, ...]:
    """Return the names of a line that names all authors."""
    names = _inverted(text) or _whole(tuple(name.strip() for name in _PART.split(text) if name.strip()))
    odd = []
    for name in names:
        if not _is_name(name):
            odd.append(name)
    if len(names) < fewest:
        return ()
    if odd and not _is_slip(odd, len(names)):
        return _without_odd(names, odd)
    found: list[str] = []
    for name in names:
        words = name.split()
        found.append(" ".join(words))
    return tuple(found)


def _whole(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names with the two halves of one that a comma parts put together: ``Ada Berg, Li, Chen``."""
    alone = []
    others = []
    for number, name in enumerate(names):
        if re.fullmatch(r"[A-Z][^\W\d_]+", name):
            alone.append(number)
        else:
            others.append(name)
    if len(alone) != _FEWEST_NAMES or len(others) < _FEWEST_NAMES:
        return names
    first, second = alone
    are_beside = second == first + 1
    if are_beside and all(map(_is_name, others)):
        return (*names[:first], f"{names[first]} {names[second]}", *names[second + 1 :])
    return names


def _without_odd(names: tuple[str, ...], odd: list[str]) -> tuple[str, ...]:
    """Return names without those that cannot be read, as others left out; none where few are names."""
    if not all(map(_may_be_odd, odd)):
        return ()
    read = []
    for name in names:
        if name not in odd:
            read.append(" ".join(name.split()))
    fewest = _SURE_NAMES
    # Keywords may look like names, but for one in small letters.
    if re.fullmatch(r"[a-z][a-z -]*", " ".join(odd)):
        fewest = _ENOUGH_NAMES
    is_mostly_names = len(odd) * _ODD_IN <= len(read)
    if is_mostly_names and len(read) >= fewest:
        return (*read, OTHERS)
    return ()


def _may_be_odd(text: str) -> bool:
    """Whether a part of a line may be a name that cannot be read; a sentence has longer parts."""
    return len(text.split()) <= _MOST_ODD_WORDS and not _CHINESE.search(text)


def _is_slip(odd: list[str], count: int) -> bool:
    """Whether all names of a long line but one are names, and that one lacks a capital: ``Hao liu``."""
    if len(odd) > 1 or count < _ENOUGH_NAMES:
        return False
    if not re.fullmatch(r"[^\W\d_][\w.-]* [^\W\d_][\w.-]*", odd[0]):
        return False
    return odd[0][0].isupper()


def _inverted(text: str) -> tuple[str, ...]:
    """Return names that stand as ``Berg, Ada and Chen, Li``."""
    names = re.split(r",?\s+and\s+|\s*;\s*", text)
    if len(names) >= _FEWEST_NAMES and all(re.fullmatch(r"[^,]{2,40},\s*[^,]{1,40}", name) for name in names):
        return tuple(names)
    first = _FIRST_INVERTED.fullmatch(text)
    # `MothNet-AI, Ada Berg, Li Chen` begins with a body.
    if first is None or re.match(r"[^,]*[a-z][^,]*[A-Z]{2},", first[1]):
        return _by_initials(text)
    others = _PART.split(first[2])
    if all(map(_is_name, others)):
        return (first[1], *others)
    return _by_initials(text)


def _by_initials(text: str) -> tuple[str, ...]:
    """Return names that stand as ``Berg, A., Chen, L. M., & Dahl, N.``."""
    # The stop behind the last initial is gone, as signs at the end of a line are taken off.
    parts = [part.strip() for part in re.split(r",\s*(?:and\b|&)?|\band\b|&", f"{text}.") if part.strip(" .")]
    if len(parts) % 2:
        return ()
    names: list[str] = []
    for family, given in zip(parts[::2], parts[1::2], strict=True):
        if not re.fullmatch(r"(?:[^\W\d_]\.[\s-]?)+", given.strip(".") + "."):
            return ()
        names.append(f"{family}, {given.strip('.')}.")
    return tuple(names)


def _is_name(text: str) -> bool:
    """Whether a text is the name of a person: words in capitals, particles apart."""
    words = re.split(r"[\s,]+", text.strip(" ,"))
    named = 0
    for number, word in enumerate(words):
        if not _WORD.fullmatch(word):
            return False
        if _CHINESE.search(word) and re.search("[A-Za-z]", word):
            # A remark in Chinese around a term: no name mixes the scripts within a word.
            return False
        is_inside = number < len(words) - 1 or not word.istitle()
        if word.lower() in _PARTICLES and number and is_inside:
            # `Di Jin` begins with a name and `Xinhan Di` ends with one, `Vincenzo Di Massa` has a particle.
            continue
        if word[0].islower() and word not in _PARTICLES:
            return False
        named += 1
    if named <= 1 or _ends_in_an_acronym(words):
        return False
    return len(words) <= _MOST_WORDS


def _ends_in_an_acronym(words: list[str]) -> bool:
    """Whether words end in one of capitals and are not all so: `Energy-based OOD` is nobody."""
    is_acronym = bool(re.fullmatch(r"[A-Z]{3,}", words[-1]))
    return is_acronym and not all(map(str.isupper, words))


def without_leading_names(text: str) -> str:
    """Return a reference without the authors before its title: ``Berg and Chen. Title`` is ``Title``."""
    return parted_reference(text)[1]


def parted_reference(text: str) -> tuple[str, str]:
    """Return what comes before the title of a reference, and the title with the rest.

    ``A. Berg and L. Chen. Title`` and ``Berg, A., & Chen, L. (2020). Title`` begin with names.
    """
    position = 0
    while (stop := text.find(". ", position, _LONGEST_NAMES)) >= 0:
        names, rest = text[:stop], text[stop + 2 :]
        position = stop + 2
        is_initial = len(re.split(r"[\s.]+", names)[-1]) == 1
        is_cut = names.endswith((" et", ",et"))  # `D. Berg, et. al. Title`
        if is_initial or is_cut:
            continue
        names = _YEAR_BEHIND.sub("", names)
        bare = re.search(r",|\band\b|&|\bet al\b", names) and all(map(_is_of_names, names.split()))
        if bare and len(rest.split()) > _FEWEST_NAMES:
            return names, rest
        return "", text
    return "", text


def parted_venue(text: str) -> tuple[tuple[str, ...], str]:
    """Return the names that stand before a venue, and the venue: ``A. Berg, L. Chen, ExConf``."""
    behind = _UP_TO_OTHERS.match(text)
    if behind:
        names = names_in(behind[0], 1)
        if names:
            return names, text[behind.end() :].strip(" .,;:-")
        return (), text
    before, _, venue = _BETWEEN_PARTS.sub("\n", text).rpartition("\n")
    if before and names_in(before):
        return names_in(before), venue.strip()
    before, comma, venue = text.rpartition(",")
    if comma and names_in(before):
        names, venue = _last_name(names_in(before), venue.strip())
        return names, venue
    before, stop, venue = text.rpartition(". ")
    fewest = _FEWEST_NAMES
    if is_well_known(venue):
        fewest = 1
    if stop and not CUT_WORD.search(f"{before}. "):
        names = names_in(before, fewest)
        if names:
            return names, venue.strip()
    return (), text


def _last_name(names: tuple[str, ...], text: str) -> tuple[tuple[str, ...], str]:
    """Return names and venue where the last name comes before a stop: ``.., Emil Fall. ExConf``."""
    before, stop, venue = text.rpartition(". ")
    last = _all_names(re.sub(r"\A(?:and|&)\s+", "", before), 1)
    if stop and last and not CUT_WORD.search(f"{before}. "):
        return (*names, *last), venue.strip()
    return names, text


def _is_of_names(word: str) -> bool:
    """Whether a word can stand in a list of names."""
    bare = word.strip(",.;")
    if bare.lower() in _PARTICLES | {"and", "&", "et", "al", ""}:
        return True
    return bare[:1].isupper()
