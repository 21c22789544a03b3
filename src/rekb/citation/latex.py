"""Plain text as LaTeX that classic BibTeX can sort and cut: special characters, accents, capitals."""

import re
import unicodedata
from urllib.parse import quote

# `@` is in braces, because some readers of BibTeX begin a new entry at it, even inside a value.
_SPECIAL = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "$": r"\$", "&": r"\&",
    "#": r"\#", "%": r"\%", "_": r"\_", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
    "<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}", "`": r"{\textasciigrave}", "@": "{@}",
}  # fmt: skip
_LETTERS = {
    "ß": r"{\ss}", "æ": r"{\ae}", "Æ": r"{\AE}", "œ": r"{\oe}", "Œ": r"{\OE}", "ø": r"{\o}", "Ø": r"{\O}",
    "å": r"{\aa}", "Å": r"{\AA}", "ł": r"{\l}", "Ł": r"{\L}", "đ": r"{\dj}", "Đ": r"{\DJ}", "ð": r"{\dh}",
    "Ð": r"{\DH}", "þ": r"{\th}", "Þ": r"{\TH}", "\u0131": r"{\i}", "ŋ": r"{\ng}", "Ŋ": r"{\NG}",
}  # fmt: skip
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c",
    "\u0328": "k", "\u0331": "b",
}  # fmt: skip
_BELOW = ("d", "c", "k", "b")
"""Commands of the accents below their letter."""
_TAKES_THE_DOT = ("`", "'", "^", '"')
"""Accents that LaTeX itself puts in the place of an i's dot; readers of BibTeX know ``\\'i`` best."""
_SIGNS = {
    "\u2013": "--", "\u2014": "---", "\u2018": "{\\textquoteleft}", "\u2019": "'", "\u201c": "``",
    "\u201d": "''", "\u2010": "-", "\u2011": "-", "\u2026": r"{\ldots}", "\u00d7": r"{$\times$}",
    "\u221e": r"{$\infty$}", "\u2192": r"{$\to$}", "\u2248": r"{$\approx$}", "\u2264": r"{$\le$}",
    "\u2265": r"{$\ge$}", "\u00b1": r"{$\pm$}", "\u00b5": r"{$\mu$}", "\u2122": r"{\texttrademark}",
    "\u00ae": r"{\textregistered}", "\u00a9": r"{\textcopyright}", "\u00b0": r"{\textdegree}",
    "\u00b2": r"{$^2$}", "\u00b3": r"{$^3$}",
}  # fmt: skip
# Unicode calls the letter LAMDA; LaTeX's command is `\lambda`. Letters like the Latin ones have no command.
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lamda mu nu xi pi rho sigma tau upsilon phi chi"
    " psi omega Gamma Delta Theta Lamda Xi Pi Sigma Phi Psi Omega"
)
_GREEK_WORD = re.compile("[\u0370-\u03ff\u1f00-\u1fff\u0300-\u036f]{3,}")
"""A word, not a sign of a formula: its letters stay as they are, like those of other scripts."""
_WORD = re.compile(r"[^\s:;,.!?()\[\]\"“”/\-\u2010\u2011]*[^\W\d_][^\s:;,.!?()\[\]\"“”/\-\u2010\u2011]*")
_PROPER = frozenset({
    "Adam", "Android", "Apple", "Bayes", "Bayesian", "Bert", "Boolean", "Bregman", "Chinese", "Cholesky",
    "English", "Euclidean", "Fisher", "Fourier", "Gaussian", "Gemma", "Gumbel", "Hadamard", "Hessian",
    "Huffman", "Kimi", "Kronecker", "Lipschitz", "Llama", "Mamba", "Markov", "Medusa", "Megatron", "Mistral",
    "Mixtral", "Nemotron", "Newton", "Pareto", "Python", "Qwen", "Riemannian", "Shampoo", "Shapley", "Taylor",
    "Triton", "Ulysses", "Winograd",
})  # fmt: skip
"""Names that a title written In Capitals gives no other sign of."""
_PROPER_PAIRS = re.compile(r"\b(?:Big Bird|Hugging Face|Stable Diffusion)\b")
"""Names of two words that mean something else one by one."""
_LONG = 4


def _greek() -> dict[str, str]:
    signs: dict[str, str] = {}
    for name in _GREEK.split():
        if name[0].isupper():
            case = "CAPITAL"
        else:
            case = "SMALL"
        command = name.replace("amda", "ambda")
        signs[unicodedata.lookup(f"GREEK {case} LETTER {name.upper()}")] = rf"{{$\{command}$}}"
    return signs


_KNOWN = {**_SPECIAL, **_LETTERS, **_SIGNS, **_greek()}


_SAFE = re.compile(r"(?:[^\W_]|[ \t\n\r.,:;!?()\[\]/\"=*+]|-(?!-)|'(?!'))*", re.ASCII)
"""Text in which nothing is encoded, and which is most of what is cited."""


def latex(text: str) -> str:
    """Encode plain text; letters that LaTeX has no name for (CJK) and Greek words stay as they are."""
    if _SAFE.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text)
    encoded = ""
    end = 0
    for word in _GREEK_WORD.finditer(text):
        encoded += "".join(map(_encode, _clusters(text[end : word.start()]))) + word[0]
        end = word.end()
    return encoded + "".join(map(_encode, _clusters(text[end:])))


def latex_title(text: str, name: str = "") -> str:
    """Encode a title so that a style may set it in lower case and still spells every name right.

    In braces: acronyms and words with a capital inside (``LLM``, ``LoRA``), the work's own `name` where it
    is used as a name, names of people, and every capital of a title that is otherwise in lower case.
    """
    pairs = [match.span() for match in _PROPER_PAIRS.finditer(text)]
    named = own_name(text, name) + pairs
    is_sentence = _is_in_lower_case(text)
    encoded = ""
    end = 0
    for match in _WORD.finditer(text):
        word = match[0]
        start = match.start()
        encoded += latex(text[end:start])
        # In a title that is a sentence, a capital is a name's, unless it begins the sentence.
        is_name = is_sentence and word[0].isupper() and not _begins_a_sentence(text[:start])
        is_part_of_name = any(first <= start < last for first, last in named)
        # Styles such as plain.bst set titles in lower case, but for what is in braces.
        if word in _PROPER or is_name or is_part_of_name or _keeps_its_case(word):
            encoded += f"{{{latex(word)}}}"
        else:
            encoded += latex(word)
        end = match.end()
    return encoded + latex(text[end:])


def own_name(text: str, name: str) -> list[tuple[int, int]]:
    """Return where a title uses the work's own name as a name: from and to.

    A name of one word, or with a number, is one wherever it is whole. Of others the words mean
    something, too ("Fast Inference via Speculative Decoding"): they are a name where a colon follows, and
    only those that are written as one ("Star Attention", not "Token mixing").
    """
    if not name:
        return []
    words = name.split()
    if len(words) == 1 or _has_digit(name):
        if text.isascii() and name.isascii():
            return _whole_words(text.lower(), name.lower())
        whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        return [match.span() for match in whole.finditer(text)]
    if not any(word[0].isupper() for word in words[1:]):
        return []
    before_colon = re.match(rf"(?:The |An? )?({re.escape(name)})s?:", text, re.IGNORECASE)
    if before_colon:
        return [before_colon.span(1)]
    return []


def _whole_words(text: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand whole in a text of the same case: a pattern for each work takes far longer."""
    found = []
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        is_part = _goes_on(text[start - 1 : start]) or _goes_on(text[end : end + 1])
        if not is_part:
            found.append((start, end))
        start = text.find(words, start + 1 if is_part else end)
    return found


def _goes_on(sign: str) -> bool:
    """Whether a sign beside a word belongs to it."""
    return sign.isalnum() or sign == "_"


def _begins_a_sentence(before: str) -> bool:
    """Whether a word that follows `before` is the first of the title or of the subtitle."""
    if not before.strip(' ("“'):
        return True
    return before.endswith(": ")


def _keeps_its_case(word: str) -> bool:
    """Whether a word is an acronym, has a capital inside, or is a single letter other than the article.

    So is a capital with a number behind it: ``Qwen3``.
    """
    begins_in_capital = word[0].isupper()
    if len(word) == 1:
        return begins_in_capital and word != "A"
    if begins_in_capital and _has_digit(word):
        return True
    return any(letter.isupper() for letter in word[1:])


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_in_lower_case(text: str) -> bool:
    """Whether a title is written as a sentence: half of its longer words, or more, in lower case.

    Short words are no sign of either: articles are small In Capitals, too.
    """
    long = 0
    small = 0
    for word in _WORD.findall(text):
        if len(word) >= _LONG:
            long += 1
            small += word.islower()
    return 2 * small >= long


def verbatim(address: str) -> str:
    r"""Return a DOI or web address for a field that is printed as it is (``\url``): ``%`` and ``_`` stay.

    Braces, backslashes, spaces and letters outside ASCII are percent-encoded; they could end the field.
    """
    return re.sub(r"[^\x21-\x7e]|[{}\\\"]", lambda match: quote(match[0], safe=""), address)


def _clusters(text: str) -> list[str]:
    """Split into letters with their combining marks, and the ligatures of TeX."""
    return re.findall(r"-{2,}|'{2,}|[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", text, re.DOTALL)


def _encode(cluster: str) -> str:
    if cluster.startswith(("--", "''")):
        # TeX would draw a dash or a quotation mark of them; an empty group keeps them apart.
        return "{}".join(cluster)
    if cluster in _KNOWN:
        return _KNOWN[cluster]
    if cluster.isascii():
        return cluster
    return _accented(cluster) or cluster


def _accented(cluster: str) -> str | None:
    """Return a letter with LaTeX's commands for its accents; `None` where there is a sign without one."""
    base, *marks = list(unicodedata.normalize("NFD", cluster))
    is_letter = base.isascii() and base.isalpha()
    has_commands = all(mark in _ACCENTS for mark in marks)
    if not marks or not is_letter or not has_commands:
        return None
    if _loses_its_dot(base, _ACCENTS[marks[0]]):
        return None
    below = unicodedata.normalize("NFC", base + "".join(marks[:-1]))
    if len(below) > 1:
        return None
    accent = _ACCENTS[marks[-1]]
    if not below.isascii():
        # biber misreads an accent inside an accent; of a letter that has one already it makes the right sign.
        return rf"{{\{accent}{{{below}}}}}"
    # TeX reads a command of letters as far as letters follow: `\va` would be another command than `\v a`.
    if accent.isalpha():
        return rf"{{\{accent} {below}}}"
    return rf"{{\{accent}{below}}}"


def _loses_its_dot(base: str, accent: str) -> bool:
    """Whether an accent above would need the i or j without a dot, which biber takes for another letter."""
    if base == "i" and accent in _TAKES_THE_DOT:
        return False
    if base not in "ij":
        return False
    return accent not in _BELOW
