r"""LaTeX as plain text: accents, letters, signs, braces. The inverse of `rekb.citation.latex`, and more.

Only for titles, names and venues: addresses and DOIs are not LaTeX, however they look.
"""

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_WORDS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł",
    "L": "Ł", "dj": "đ", "DJ": "Đ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ",
    "i": "\N{LATIN SMALL LETTER DOTLESS I}", "j": "\u0237",
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~",
    "textasciicircum": "^", "textless": "<", "textgreater": ">", "textbar": "|", "textasciigrave": "`",
    "textquoteleft": "\u2018", "textquoteright": "\u2019", "textquotedblleft": "\u201c",
    "textquotedblright": "\u201d", "ldots": "\u2026", "dots": "\u2026", "textendash": "\u2013",
    "textemdash": "\u2014", "texttrademark": "\u2122", "textregistered": "\u00ae", "copyright": "\u00a9",
    "textcopyright": "\u00a9", "textdegree": "\u00b0", "times": "\u00d7", "infty": "\u221e", "to": "\u2192",
    "rightarrow": "\u2192", "approx": "\u2248", "le": "\u2264", "leq": "\u2264", "ge": "\u2265",
    "geq": "\u2265", "pm": "\u00b1", "mu": "\u00b5", "ell": "\u2113", "cdot": "\u00b7", "sim": "~",
    "textunderscore": "_", "ast": "*", "star": "*", "circ": "\u00b0", "quad": " ", "qquad": " ",
}  # fmt: skip
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda nu xi pi rho sigma tau upsilon phi chi"
    " psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
)
_SIGNS = {"---": "\u2014", "--": "\u2013", "``": "\u201c", "''": "\u201d", "~": " "}
_SUPERSCRIPTS = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_TOKEN = re.compile(
    r"(?P<accent>\\(?:[`'^\"~=.]|[uvHcdbkr](?![A-Za-z]))\s*(?:\{\s*(?P<braced>\\[ij]|\w|)\s*\}"
    r"|(?P<bare>\\[ij](?![A-Za-z])|\w)))"
    r"|(?P<word>\\[A-Za-z]+)\s*(?:\{\})?"
    r"|(?P<escaped>\\[^A-Za-z])"
    r"|(?P<power>\^(?:\{(?P<many>[0-9+\-n]+)\}|(?P<one>[0-9n])))"
    r"|(?P<sign>---|--|``|''|~)"
    r"|(?P<silent>[{}$])",
)


def _letters() -> dict[str, str]:
    found = dict(_WORDS)
    for name in _GREEK.split():
        case = "CAPITAL" if name[0].isupper() else "SMALL"
        word = name.upper().replace("LAMBDA", "LAMDA")
        found[name] = unicodedata.lookup(f"GREEK {case} LETTER {word}")
    return found


_KNOWN = _letters()


def plain(text: str) -> str:
    r"""Return LaTeX as text: ``R{\'e}`` is ``Ré``; commands that are not known go, what they hold stays."""
    decoded = _TOKEN.sub(_meaning, text) if re.search(r"[\\{}$~]|--|``|''", text) else text
    return unicodedata.normalize("NFC", " ".join(decoded.split()))


def plain_if_latex(text: str) -> str:
    """Return a text that is plain as a rule, its commands and formulas decoded where there are any."""
    return plain(text) if re.search(r"\\[A-Za-z'\"`^~=.{]|\$[^$]+\$", text) else text


def _meaning(match: re.Match[str]) -> str:
    if match["accent"]:
        return _accented(match)
    if match["word"]:
        return _KNOWN.get(match["word"][1:], "")
    if match["escaped"]:
        return {"\\\\": " ", "\\-": "", "\\/": ""}.get(match["escaped"], match["escaped"][1])
    if match["power"]:
        return (match["many"] or match["one"]).translate(_SUPERSCRIPTS)
    return _SIGNS.get(match["sign"] or "", "")


def _accented(match: re.Match[str]) -> str:
    letter = match["braced"] if match["braced"] is not None else match["bare"]
    return f"{letter.lstrip(chr(92))}{_ACCENTS[match['accent'][1]]}" if letter else ""
