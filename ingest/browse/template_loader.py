"""Which template shows what: ours for our tables, those of Datasette or of the user for the rest. Renders nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.utils import to_css_class
from jinja2 import BaseLoader, Environment, TemplateNotFound

from ingest.browse.databases import all_ours, ours

if TYPE_CHECKING:
    from collections.abc import Callable

_SCRIPT = re.compile(r"<script\b")


class Templates(BaseLoader):
    """Looks where ``inner`` looks, and adds the request's nonce to every script tag that a *template* holds.

    Scripts that come with data have no nonce, so that the browser does not run them.
    """

    def __init__(self, inner: BaseLoader, datasette: Any) -> None:
        self._inner = inner
        self._datasette = datasette

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """As jinja2 has it. Raises `TemplateNotFound`."""
        source, path, current = self._find(environment, template)
        return _SCRIPT.sub('<script nonce="{{ csp_nonce }}"', source), path, current

    def list_templates(self) -> list[str]:
        """As jinja2 has it."""
        return self._inner.list_templates()

    def _find(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        if template == "index.html" and all_ours(self._datasette) and not self._is_customised(template):
            return self._inner.get_source(environment, "ingest_home.html")
        try:
            return self._inner.get_source(environment, template)
        except TemplateNotFound:
            stand_in = self._stand_ins().get(template)
            if stand_in is None:
                raise
            return self._inner.get_source(environment, stand_in)

    def _stand_ins(self) -> dict[str, str]:
        names = [to_css_class(name) for name in ours(self._datasette)]
        rows = {f"row-{name}-articles.html": "ingest_article.html" for name in names}
        return rows | {f"_table-{name}-articles.html": "ingest_list.html" for name in names}

    def _is_customised(self, template: str) -> bool:
        folder = self._datasette.template_dir
        return bool(folder) and (Path(folder) / template).is_file()
