"""What the help says beyond the commands' own texts: their groups, exit status, and which are near.

Written beside the commands rather than in each of them, so that the tests can hold all of them to it.
"""

GROUPS: dict[str, tuple[str, ...]] = {
    "Start": ("init",),
    "Read": ("search", "show", "numbers", "stats", "bibliography", "mcp"),
    "Add": ("add", "import", "from-issue"),
    "Check": ("validate", "explain", "fmt", "levels"),
    "Publish": ("serve", "build", "export", "materialize", "finish", "generate"),
    "Keep up": ("watch", "refresh", "check-links"),
}
"""The headings of `rekb --help` and the commands under each, those that are wanted most first."""
_REPORTS = "0 when nothing is proposed, 1 with proposals, 2 when the run could not go on"
_READS = "0 when it was printed, 2 when it could not be read"
MANUAL: dict[str, tuple[str, tuple[str, ...]]] = {
    "add": (
        "0 when a draft was written, 1 when the work is there already, 2 when it cannot be drafted",
        ("fmt", "validate", "import", "from-issue"),
    ),
    "bibliography": (
        "0 when nothing is to be changed, 1 with works that have appeared or stand twice, 2 otherwise",
        ("export", "search"),
    ),
    "build": (
        "0 when the site was made, 1 for faults in data or pages, 2 otherwise",
        ("serve", "materialize", "validate"),
    ),
    "check-links": (_REPORTS, ("refresh",)),
    "explain": ("0 when it was printed, 2 for a rule that does not exist", ("validate",)),
    "export": (
        "0 when it was written, 1 when a data file has faults, 2 for a form or word that does not exist",
        ("show", "stats"),
    ),
    "finish": (
        "0 when the site was finished, 2 when it is not built or a page holds a script of its own",
        ("materialize",),
    ),
    "fmt": (
        "0 when all files are in form, 1 when a file has faults or, with --check, would change, 2 otherwise",
        ("validate",),
    ),
    "from-issue": (
        "0 when a draft was written, 1 when the work is there already, 2 when the form cannot be read",
        ("add",),
    ),
    "generate": (
        "0 when all is current, 1 when a file is stale, 2 when the taxonomy has faults",
        ("validate",),
    ),
    "import": (
        "0 when every work was taken in or is there, 1 when one is doubted, 2 when a file cannot be read",
        ("add", "validate"),
    ),
    "init": (
        "0 when the repository was made, 1 when a work of --from is doubted, 2 when it was not made",
        ("import", "validate", "build"),
    ),
    "levels": (
        "0 when all texts fit or were renamed, 1 when a file does not fit, 2 when a rename cannot be made",
        ("validate", "fmt"),
    ),
    "materialize": (
        "0 when the pages were written, 1 for faults in data or pages, 2 otherwise",
        ("finish", "build"),
    ),
    "mcp": ("0 when its input ended, 2 when it could not start", ("search", "show", "numbers")),
    "numbers": ("0 when results fit, 1 when none does, 2 when the run could not go on", ("show", "export")),
    "refresh": (_REPORTS, ("check-links", "watch")),
    "search": ("0 when something was found, 1 when nothing was, 2 when the run could not go on", ("show",)),
    "serve": ("0 when Ctrl+C ends it, 1 for faults in data or pages, 2 when it could not start", ("build",)),
    "show": (_READS, ("search", "export")),
    "stats": (_READS, ("validate",)),
    "validate": (
        "0 when nothing fails the run, 1 with findings, 2 when the run could not go on",
        ("explain", "fmt"),
    ),
    "watch": (
        "0 when all lists were read, 1 when one could not be read, 2 when the run could not go on",
        ("add", "import", "refresh"),
    ),
}
"""Each command's exit status, and the commands to see also."""
_GENERAL = "0 when all is well, 1 with findings, 2 when the run could not go on"
# Click wraps a paragraph anew unless it begins with `\b`.
ENVIRONMENT = """\
\b
Environment:
  NO_COLOR       set to anything: no colours
  TERM=dumb      no colours, no progress bar
  REKB_MAILTO    whom other hosts may write to, as --mailto

\b
Completion of commands and options in the shell:
  bash           eval "$(_REKB_COMPLETE=bash_source rekb)"
  zsh            eval "$(_REKB_COMPLETE=zsh_source rekb)"
  fish           _REKB_COMPLETE=fish_source rekb | source
"""


def below_options(name: str) -> str:
    """Return the text below the options of a command's help."""
    status, near = MANUAL.get(name, (_GENERAL, ()))
    if near:
        also = f"\n\nSee also: {', '.join(f'rekb {one}' for one in near)}"
    else:
        also = ""
    return f"Exit status: {status}.{also}"
