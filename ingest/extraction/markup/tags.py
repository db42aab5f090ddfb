"""What the elements of HTML are for a reader: silent, inline, headings, structure, blocks. Data only."""

from __future__ import annotations

#: Elements whose content is never text of an article.
SILENT = frozenset({
    "script", "style", "noscript", "template", "head", "title", "svg", "iframe", "object", "embed", "applet",
    "select", "option", "textarea", "button", "input", "canvas", "map", "audio", "video", "source", "track",
    "dialog", "datalist", "progress", "meter", "rt", "rp", "-comment", "-cdata", "!doctype",
})  # fmt: skip
#: For pages that give their text only to readers without scripts.
SILENT_WITHOUT_SCRIPTS = SILENT - {"noscript"}
INLINE = {
    "a": "a", "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
PICTURES = frozenset({"img", "amp-img"})
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6"}
STRUCTURE = {
    "ul": "ul", "ol": "ol", "menu": "ul", "li": "li", "blockquote": "blockquote", "figure": "figure",
    "figcaption": "figcaption", "table": "table", "tr": "tr", "td": "td", "th": "th",
}  # fmt: skip
BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address", "center",
    "details", "summary", "dl", "dt", "dd", "fieldset", "legend", "form", "hgroup", "hr", "body", "html",
    "caption", "tbody", "thead", "tfoot", "search", "multicol",
})  # fmt: skip
#: Cells keep their place in the row, empty or not.
CELLS = frozenset({"td", "th"})
