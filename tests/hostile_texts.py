"""Texts by which a stranger might try to act on a reader of the pages. `hit()` is what each wants to run."""

_WAYS_OUT = (
    "", '">', "'>", "</title>", "</script>", "-->", "]]>", "</textarea>", "</template>", "</svg>", "</style>",
    "</p></div>",
)  # fmt: skip
"""What would end the place that the text stands in."""
_ACTS = (
    "<script>hit()</script>",
    "<script src=//hit.invalid/s.js></script>",
    "<img src=x onerror=hit()>",
    "<svg onload=hit()></svg>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<link rel=stylesheet href=//hit.invalid/c.css>",
    "<meta http-equiv=refresh content='1;url=//hit.invalid/'>",
    "<base href=//hit.invalid/>",
    "<style>@import '//hit.invalid/i.css';</style>",
    "<details open ontoggle=hit()>x</details>",
    "<input autofocus onfocus=hit()>",
    "<video><source onerror=hit()></video>",
)
_SINGLE = (
    '" onerror="hit()" x="', "' onerror='hit()' x='", '" autofocus onfocus="hit()', "` onload=hit() `",
    '" style="background:url(//hit.invalid/b)', "javascript:hit()", "[x](javascript:hit())",
    "[x]( javascript:hit())", "[x](data:text/html,<script>parent.hit()</script>)", "![x](//hit.invalid/m.png)",
    '![x](x" onerror="hit())', "[x][y]\\n[y]: javascript:hit()", "<javascript:hit()>", "<//hit.invalid/auto>",
    "&lt;script&gt;hit()&lt;/script&gt;", "&#60;img src=x onerror=hit()&#62;", "&amp;lt;script&amp;gt;hit()",
    "%3Cscript%3Ehit()%3C/script%3E", "\\u003cscript\\u003ehit()\\u003c/script\\u003e", "\\x3cimg onerror=hit()>",
    "{{ hit() }}", "{% raw %}<script>hit()</script>", "{{ ''.__class__.__mro__ }}", "${hit()}", "#{hit()}",
    "<%= hit() %>", "{{constructor.constructor('hit()')()}}", "<?php hit() ?>", "<!--#exec cmd='hit' -->",
    "<!-- x", "<!--><script>hit()</script>", "--!><img src=x onerror=hit()>", "<![CDATA[<script>hit()</script>]]>",
    "<!doctype html><script>hit()</script>", "<plaintext>", "<xmp><script>hit()</script>", "<noscript><p title=",
    "<noscript><p title='</noscript><img src=x onerror=hit()>'>", "<math><mtext><img src=x onerror=hit()>",
    "<svg><script>hit()</script></svg>", "<svg><style><img src=x onerror=hit()>", "<svg/onload=hit()>",
    "<svg><animate onbegin=hit() attributeName=x dur=1s>", "<svg><a xlink:href=javascript:hit()>x</a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=hit()>#x'/>", "<svg><foreignObject><script>hit()</script>",
    "<img/src=x/onerror=hit()>", "<IMG SRC=x OnErRoR=hit()>", "<img src='x'onerror='hit()'>", "<img src=x onerror\t=\thit()>",
    "<<script>hit()//<</script>", "<scr<script>ipt>hit()</scr</script>ipt>", "<script >hit()</script >", "<SCRIPT>hit()</SCRIPT>",
    "<script\t>hit()</script\t>", "<script/x>hit()</script>", "<body onload=hit()>", "<body onpageshow=hit()>",
    "<form action=//hit.invalid/><button>x</button></form>", "<button formaction=javascript:hit()>x</button>",
    "<object data=//hit.invalid/o></object>", "<embed src=//hit.invalid/e>", "<frameset onload=hit()>",
    "<audio src=x onerror=hit()></audio>", "<marquee onstart=hit()>x</marquee>", "<a href=javascript:hit()>x</a>",
    "<a href='java&#10;script:hit()'>x</a>", "<a ping=//hit.invalid/p href=x>x</a>", "<portal src=//hit.invalid/>",
    "<template shadowrootmode=open><script>hit()</script>", "<dialog open onclose=hit()>x</dialog>",
    "<input type=image src=//hit.invalid/i>", "<table background=//hit.invalid/t>", "<select autofocus onfocus=hit()>",
    "<x contenteditable autofocus onfocus=hit()>x</x>", "<x style=animation:x onanimationstart=hit()>x</x>",
    "<div popover id=x onbeforetoggle=hit()>x</div>", "<link rel=prefetch href=//hit.invalid/f>",
    "<link rel=dns-prefetch href=//hit.invalid>", "<img srcset='//hit.invalid/1 1x'>", "<track src=//hit.invalid/t>",
    "<p id=__config>{}</p>", "<a id=location></a><a id=location name=href>", "<form name=document><input name=body>",
    "';hit();//", '";hit();//', "`;hit();//", "\\';hit();//", '\\";hit();//', "</script><script>hit()//",
    "=hit()", "@import url(//hit.invalid/i)", "}*{background:url(//hit.invalid/u)}", "expression(hit())",
    "__init__", "A | B", "[TOC]", ":smile:", "<T>", "--8<-- 'mkdocs.yml'", "::: rekb", "!!! note hit", "??? x",
    "*a* **b** ~~c~~ ==d== ^^e^^", "# x", "## x {#id onclick=hit()}", "x {: onclick=hit() }", "{ .x onclick=hit() }",
    "- x", "1. x", "> x", "```html", "~~~", "    <script>hit()</script>", "| a | b |", "|---|---|", "---", "***", "===",
    "[^1]: hit", "*[hit]: x", "$$hit()$$", "\\(hit\\)", "&nbsp;&copy;&#x41;", "<!", "<?", "</", "<", ">", "&", '"', "'",
    "a < b & c > d", "R&D", "vector<T>", "Is <b> Bold?",
)  # fmt: skip
HOSTILE: tuple[str, ...] = (*(way + act for way in _WAYS_OUT for act in _ACTS), *_SINGLE)
"""The texts, each short enough that five fill a line."""
HONEST = ("__init__", "A | B", "[TOC]", ":smile:", "<T>", "vector<T>", "a < b & c > d", "Is <b> Bold?")
"""Those that people do write; pages show them as they are written."""
