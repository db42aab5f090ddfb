"""Recognises error pages that a server sends with status 200, by the title and text extracted from them."""

from __future__ import annotations

import re

# In letters, set by hand: error pages have little more than a headline.
_LONGEST_TITLE = 150
_LONGEST_TEXT = 800
_NOT_FOUND = re.compile(
    r"""\W*(?:
      (?:(?:http|error|fehler|erreur)\W{0,3})?404(?:\W{0,3}(?:error|fehler))?
      | (?:(?:http|error|fehler|erreur)?\W{0,3}404\W{0,3})?(?:
        (?:sorry\W{1,3})?(?:(?:the|this|that|your)\s)?(?:requested\s)?(?:page|article|story|post|content)\s
          (?:(?:you\s(?:requested|are\slooking\sfor|were\slooking\sfor))\s)?
          (?:(?:was|is|could|can|does)\s?)?(?:not\s|n?['’]t\s|no\slonger\s)(?:be\s)?(?:found|available|exists?)
        | (?:file\s)?not\sfound | nothing\sfound
        | (?:diese\s|die\s)?(?:seite|artikel)\s(?:wurde\s)?nicht\sgefunden
        | page\s(?:non\strouvée|introuvable) | p[aá]gina\sn(?:o|ão)\sencontrada | pagina\snon\strovata
        | (?:요청하신\s)?페이지를\s찾을\s수\s없습니다 | 존재하지\s않는\s(?:페이지|기사|글)(?:\s?입니다)?
        | 삭제된\s(?:기사|게시물|글)(?:\s?입니다)?
        | (?:お探しの|指定された|ご指定の)?(?:ページ|記事)(?:が|は)(?:見つかりません|存在しません)(?:でした)?
        | (?:页面|頁面|網頁|网页)(?:不存在|未找到) | 找不到(?:页面|頁面|網頁|网页)
      )
    )\W*(?:\s[-–—|:·»]\s.{1,60})?""",
    re.IGNORECASE | re.VERBOSE,
)


def is_error_page(title: str, text: str) -> bool:
    """Whether the title says "not found" and nothing else, over a short text."""
    title = title.strip()
    if not title or len(title) > _LONGEST_TITLE or len(text) > _LONGEST_TEXT:
        return False
    return _NOT_FOUND.fullmatch(title) is not None
