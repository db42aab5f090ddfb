"""Classes of HTML elements: silent, inline, headings, structure, blocks, cells. Data only."""

from __future__ import annotations

#: Elements whose content is never part of an article.
SILENT = frozenset({
    "script", "style", "noscript", "template", "head", "title", "svg", "iframe", "object", "embed", "applet",
    "select", "option", "textarea", "button", "input", "canvas", "map", "audio", "video", "source", "track",
    "dialog", "datalist", "progress", "meter", "rt", "rp", "-comment", "-cdata", "!doctype",
})  # fmt: skip
#: The same for pages that show their text only where scripts are off.
SILENT_WITHOUT_SCRIPTS = SILENT - {"noscript"}
#: Inline elements that a body keeps: tag on the page → tag in the body.
INLINE = {
    "a": "a", "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
PICTURES = frozenset({"img", "amp-img"})
#: Headings: tag on the page → tag in the body, where h1 is reserved for the title.
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6"}
#: Lists, quotes, figures and tables: tag on the page → tag in the body.
STRUCTURE = {
    "ul": "ul", "ol": "ol", "menu": "ul", "li": "li", "blockquote": "blockquote", "figure": "figure",
    "figcaption": "figcaption", "table": "table", "tr": "tr", "td": "td", "th": "th",
}  # fmt: skip
#: Other block elements; they separate runs of text and leave no tag in the body.
BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address", "center",
    "details", "summary", "dl", "dt", "dd", "fieldset", "legend", "form", "hgroup", "hr", "body", "html",
    "caption", "tbody", "thead", "tfoot", "search", "multicol",
})  # fmt: skip
#: Table cells, which are kept when they are empty so that the columns stay aligned.
CELLS = frozenset({"td", "th"})
