r"""LaTeX as plain text: accents, letters, signs, formulas, braces. The inverse of `rekb.citation.latex`.

Only for titles, names and venues: addresses and DOIs are not LaTeX, however they look. Braces that do not
match and commands that nobody knows lose a sign, never the text. Of the hundreds of commands that are one
letter or sign, those that matter most stand here; the others are asked of pylatexenc's table.
"""

import re
import unicodedata
from functools import lru_cache

from pylatexenc.latex2text import get_default_latex_context_db

_LONGEST = 8000
"""Characters that are read; no title, name or abstract needs more."""
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
    "textquotedblright": "\u201d", "ldots": "\u2026", "dots": "\u2026", "cdots": "\u2026",
    "textendash": "\u2013", "textemdash": "\u2014", "texttrademark": "\u2122", "textregistered": "\u00ae",
    "copyright": "\u00a9", "textcopyright": "\u00a9", "textdegree": "\u00b0", "times": "\u00d7",
    "infty": "\u221e", "to": "\u2192", "rightarrow": "\u2192", "approx": "\u2248", "le": "\u2264",
    "leq": "\u2264", "ge": "\u2265", "geq": "\u2265", "pm": "\u00b1", "mu": "\u00b5", "ell": "\u2113",
    "cdot": "\u00b7", "sim": "~", "textunderscore": "_", "ast": "*", "star": "*", "circ": "\u00b0",
    "quad": " ", "qquad": " ", "prime": "\u2032", "textperiodcentered": "\u00b7", "slash": "/",
    "and": " and ",
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "newline": " ", "mid": "|", "colon": ":", "phi": "φ",
    "varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ",
}  # fmt: skip
_FUNCTIONS = frozenset({
    "log", "ln", "lg", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "arcsin",
    "arccos", "arctan", "max", "min", "sup", "inf", "lim", "limsup", "liminf", "arg", "argmax", "argmin",
    "det", "dim", "ker", "deg", "gcd", "mod", "bmod", "Pr", "hom",
})  # fmt: skip
"""Commands that are words of a formula."""
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda nu xi pi rho sigma tau upsilon chi"
    " psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
# TeX's fonts make dashes and quotation marks of these runs of signs.
_SIGNS = {"---": "\u2014", "--": "\u2013", "``": "\u201c", "''": "\u201d", "~": " "}
_RAISED_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_SUPER = dict(zip("0123456789+-=()nabcdefghijklmoprstuvwxyz", _RAISED_SIGNS, strict=True))
_SUPER |= {"\u2032": "\u2032", "*": "*", "\u2212": "⁻", "\u00b0": "\u00b0", "\u2020": "\u2020"}
_SUB = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_INSIDE = r"\{(?P<inside>(?:[^{}]|\{[^{}]*\})*)\}"
"""An argument in braces, with braces inside it once."""
_ROOT = re.compile(r"\\sqrt\s*(?:\[[^\]{}]*\]\s*)?(?:" + _INSIDE + r"|(?P<one>\w))")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_STYLE = re.compile(
    r"\\(?:mbox|text(?:rm|it|bf|sc|tt|up|sf|normal|sl|md)?|math(?:rm|cal|bf|bb|it|sf|frak|scr|tt|ds)|emph|ensuremath"
    r"|operatorname\*?|boldsymbol|bm|underline|uppercase|lowercase|hbox|url|texorpdfstring|rm|it|bf|sc|tt|sf|em)"
    r"(?![A-Za-z])\s*"
)
"""Commands that say how their argument looks."""
_RAISED = re.compile(r"\\textsuperscript\s*" + _INSIDE)
_LOWERED = re.compile(r"\\textsubscript\s*" + _INSIDE)
_MATH = re.compile(r"(?<!\\)\$\$?(?P<dollars>(?:\\.|[^$\\])*)\$\$?|\\\((?P<round>.*?)\\\)", re.DOTALL)
_POWER = re.compile(r"\^\s*(?:" + _INSIDE + r"|(?P<command>\\[A-Za-z]+)|(?P<one>[^\s{}\\$]))")
_INDEX = re.compile(r"_\s*(?:" + _INSIDE + r"|(?P<command>\\[A-Za-z]+)|(?P<one>[^\s{}\\$]))")
_ACCENT = r"\\(?:[`'^\"~=.]|[uvHcdbkr](?![A-Za-z]))\s*"
_TWO_ACCENTS = re.compile(rf"(?P<outer>{_ACCENT})\{{\s*(?P<inner>{_ACCENT}(?:\{{\s*\w\s*\}}|\w))\s*\}}")
"""A letter with two accents, as Vietnamese has them."""
_TOKEN = re.compile(
    r"(?P<accent>\\(?:[`'^\"~=.]|[uvHcdbkr](?![A-Za-z]))\s*(?:\{\s*(?P<braced>\\[ij]|\w|)\s*\}"
    r"|(?P<bare>\\[ij](?![A-Za-z])|\w)))"
    r"|(?P<word>\\[A-Za-z]+)(?P<gap>\s*)(?:\{\})?"
    r"|(?P<escaped>\\[^A-Za-z])"
    r"|(?P<power>\^(?:\{(?P<many>[0-9+\-n]+)\}|(?P<one>[0-9n])))"
    r"|(?P<sign>---|--|``|''|~)"
    r"|(?P<silent>[{}$])",
)


def _letters() -> dict[str, str]:
    found = dict(_WORDS)
    for name in _GREEK.split():
        if name[0].isupper():
            case = "CAPITAL"
        else:
            case = "SMALL"
        # Unicode calls the letter LAMDA.
        word = name.upper().replace("LAMBDA", "LAMDA")
        found[name] = unicodedata.lookup(f"GREEK {case} LETTER {word}")
    return found


_KNOWN = _letters()


def plain(text: str) -> str:
    r"""Return LaTeX as text: ``R{\'e}`` is ``Ré``; commands that are not known go, what they hold stays."""
    text = text[:_LONGEST]
    if re.search(r"[\\{}$~]|--|``|''", text):
        text = _TOKEN.sub(_meaning, _without_structure(text))
    # An accent is read as a mark behind its letter; NFC makes one character of the two.
    return unicodedata.normalize("NFC", " ".join(text.split()))


def plain_if_latex(text: str) -> str:
    """Return a text that is plain as a rule, its commands and formulas decoded where there are any."""
    if re.search(r"\\[A-Za-z'\"`^~=.{(]|\$[^$]+\$", text):
        return plain(text)
    return text


def _without_structure(text: str) -> str:
    """Return LaTeX whose roots, fractions, raised and lowered parts are characters."""
    if "\\" in text:
        text = _STYLE.sub("", text)
        text = _TWO_ACCENTS.sub(_inner_accent, text)
        text = _RAISED.sub(lambda m: _moved(m["inside"], _SUPER, "^"), text)
        text = _LOWERED.sub(lambda m: _moved(m["inside"], _SUB, "_"), text)
        text = _ROOT.sub(lambda m: _root(m["inside"] or m["one"] or ""), text)
        text = _FRACTION.sub(lambda m: f"{_grouped(m[1])}/{_grouped(m[2])}", text)
    return _MATH.sub(lambda m: f"{{{_formula(m['dollars'] or m['round'] or '')}}}", text)


def _inner_accent(match: re.Match[str]) -> str:
    letter = unicodedata.normalize("NFC", _TOKEN.sub(_meaning, match["inner"]))
    return f"{match['outer']}{{{letter}}}"


def _formula(text: str) -> str:
    raised = _POWER.sub(lambda match: _moved(_argument(match), _SUPER, "^"), text)
    return _INDEX.sub(lambda match: _moved(_argument(match), _SUB, "_"), raised)


def _argument(match: re.Match[str]) -> str:
    """Return what a sign is raised or lowered over: a group in braces, a command, or one sign."""
    for name in ("inside", "command", "one"):
        if match[name]:
            return match[name]
    return ""


def _moved(inside: str, signs: dict[str, str], mark: str) -> str:
    """Return what is raised or lowered as such characters, or behind its mark where there are none."""
    meaning = " ".join(_TOKEN.sub(_meaning, inside).split())
    if meaning and all(c in signs for c in meaning):
        parts = []
        for c in meaning:
            parts.append(signs[c])
        return "".join(parts)
    if meaning:
        return f"{mark}{meaning}"
    return ""


def _root(inside: str) -> str:
    return f"\u221a{_grouped(inside)}"


def _grouped(inside: str) -> str:
    bare = inside.strip()
    if re.fullmatch(r"\w*|\\[A-Za-z]+", bare):
        return bare
    return f"({bare})"


def _meaning(match: re.Match[str]) -> str:
    if match["accent"]:
        return _accented(match)
    if match["word"]:
        meaning = _command(match["word"][1:], followed=match.string[match.end() : match.end() + 1])
        is_relation = meaning and unicodedata.category(meaning[-1]) == "Sm"
        # LaTeX drops the space behind a command, but sets one around a sign such as ≤ all the same.
        if is_relation:
            return f"{meaning}{match['gap']}"
        return meaning
    if match["escaped"]:
        return {"\\\\": " ", "\\-": "", "\\/": "", "\\(": "", "\\)": ""}.get(
            match["escaped"], match["escaped"][1]
        )
    if match["power"]:
        return _moved(match["many"] or match["one"], _SUPER, "^")
    return _SIGNS.get(match["sign"] or "", "")


def _command(name: str, followed: str) -> str:
    """Return what a command stands for; a function stands apart from a letter that follows."""
    if name in _FUNCTIONS:
        if followed.isalnum() or followed == "\\":
            return f"{name} "
        return name
    return _KNOWN.get(name, _elsewhere(name))


@lru_cache(maxsize=1024)
def _elsewhere(name: str) -> str:
    """Return what pylatexenc knows of a command that is one sign; an unknown one is nothing."""
    macro = get_default_latex_context_db().get_macro_spec(name)
    meaning = getattr(macro, "simplify_repl", "")
    # pylatexenc marks the place of an argument by `%s`: such a command is no single sign.
    if isinstance(meaning, str) and "%" not in meaning:
        return meaning
    return ""


def _accented(match: re.Match[str]) -> str:
    if match["braced"] is not None:
        letter = match["braced"]
    else:
        letter = match["bare"]
    if letter:
        # LaTeX sets accents on `\i`, an i without its dot; Unicode composes them with the plain letter.
        return f"{letter.lstrip(chr(92))}{_ACCENTS[match['accent'][1]]}"
    return ""
