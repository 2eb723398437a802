"""What our pages may consist of: elements, where they may stand, what they may carry."""

from __future__ import annotations

import re


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _names(
    """
    area br col hr img input link meta source track wbr
    """
)
"""Elements without content and end tag."""

HEAD_ONLY = frozenset({"title", "head"})

HTML = VOID | _names(
    """
    a abbr address article aside b bdi bdo blockquote body button canvas caption cite code colgroup data datalist dd
    del details dfn dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup
    html i ins kbd label legend li main map mark menu meter nav noscript ol optgroup option output p picture pre
    progress q rp rt ruby s samp script search section select small span strong style sub summary sup svg table tbody
    td template textarea tfoot th thead time title tr u ul var
    """
)
"""Known elements; frames, plugins, media and ``base`` are not among them."""

SVG = _names(
    """
    svg a circle clipPath defs desc ellipse g line linearGradient marker mask path pattern polygon polyline
    radialGradient rect stop symbol text textPath title tspan use
    """
)
"""Known elements of drawings; no script, style, animation or foreign content."""

CLOSES_PARAGRAPH = _names(
    """
    address article aside blockquote center details dialog dd dir div dl dt fieldset figcaption figure footer form h1
    h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table ul
    """
)
"""Start tags that end an open paragraph, whether the author meant it or not."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

PARENTS: dict[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol", "menu"}),
    "dt": frozenset({"dl", "div"}),
    "dd": frozenset({"dl", "div"}),
    "tr": frozenset({"table", "thead", "tbody", "tfoot"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "caption": frozenset({"table"}),
    "colgroup": frozenset({"table"}),
    "col": frozenset({"colgroup"}),
    "option": frozenset({"select", "optgroup", "datalist"}),
    "optgroup": frozenset({"select"}),
    "legend": frozenset({"fieldset"}),
    "figcaption": frozenset({"figure"}),
    "summary": frozenset({"details"}),
    "head": frozenset({"html"}),
    "body": frozenset({"html"}),
    "title": frozenset({"head", "svg", "g", "path", "circle", "rect", "use", "a", "text", "symbol"}),
}
"""Elements that stand only directly below certain others."""

CHILDREN: dict[str, frozenset[str]] = {
    "ul": frozenset({"li", "script", "template"}),
    "ol": frozenset({"li", "script", "template"}),
    "dl": frozenset({"dt", "dd", "div", "script", "template"}),
    "table": frozenset({"caption", "colgroup", "thead", "tbody", "tfoot", "tr"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tfoot": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
    "colgroup": frozenset({"col"}),
    "select": frozenset({"option", "optgroup", "hr"}),
    "optgroup": frozenset({"option"}),
    "option": frozenset(),
    "textarea": frozenset(),
    "html": frozenset({"head", "body"}),
    "head": frozenset({"title", "meta", "link", "script", "noscript", "style"}),
}
"""Elements that hold only certain others."""

NO_TEXT = frozenset({"table", "thead", "tbody", "tfoot", "tr", "colgroup", "ul", "ol", "dl", "select", "html", "head"})
"""Elements with no text of their own."""

NOT_INSIDE_ITSELF = frozenset({"a", "button", "form", "label", "option"})
"""Elements that never hold another of their kind, however deep."""

RAW_TEXT = frozenset({"script", "style", "title", "textarea"})
"""Elements whose content is text up to their end tag."""

LOADING: dict[str, tuple[str, ...]] = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "input": ("src",),
    "button": ("formaction",),
    "form": ("action",),
    "use": ("href", "xlink:href"),
    "pattern": ("href", "xlink:href"),
    "linearGradient": ("href", "xlink:href"),
    "radialGradient": ("href", "xlink:href"),
    "textPath": ("href", "xlink:href"),
}
"""Attributes whose address the browser asks for by itself, or sends data to."""

LOADING_RELATIONS = _names(
    """
    stylesheet icon shortcut apple-touch-icon mask-icon manifest preload modulepreload prefetch prerender preconnect
    dns-prefetch search
    """
)
"""Relations of ``link`` that make the browser ask a host (search: once the reader installs it)."""

FORBIDDEN_ATTRIBUTES = frozenset({"style", "srcdoc", "ping", "background", "is", "nonce", "dynsrc", "lowsrc", "longdesc", "xml:base", "target"})
"""Attributes that carry style or code, report clicks, or open other contexts."""

PAINTING = _names(
    """
    fill stroke filter mask clip-path marker marker-start marker-mid marker-end cursor
    """
)
"""Attributes of drawings whose values are read as style, addresses included."""

LOADS_BY_STYLE = re.compile(r"\\|(?:url|src|image(?:-set)?)\(\s*['\"]?(?![#\s'\"])", re.IGNORECASE)
"""A value of style that asks for a file, or hides behind an escape whether it does."""

SCHEMES = frozenset({"https", "http", "mailto", "tel"})
"""Where a link may lead; plain http only because some sources exist only there."""

SVG_ATTRIBUTES = _names(
    """
    viewBox preserveAspectRatio gradientUnits gradientTransform patternUnits patternTransform patternContentUnits clipPathUnits
    maskUnits maskContentUnits markerWidth markerHeight markerUnits refX refY textLength lengthAdjust pathLength startOffset
    spreadMethod
    """
)
"""Attributes of drawings that are not all in lower case."""

LOOKED_AT = frozenset({"html", "svg", "script", "meta", "link", "h1"})
"""Elements that say something about the page as a whole, or begin a drawing."""
