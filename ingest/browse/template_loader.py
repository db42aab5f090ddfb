"""The jinja2 loader: our templates for our tables, those of Datasette or of the user for everything else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.utils import to_css_class
from jinja2 import BaseLoader, Environment, TemplateNotFound

from ingest.browse.databases import ingest_databases, serves_only_ingest

if TYPE_CHECKING:
    from collections.abc import Callable

_SCRIPT = re.compile(r"<script\b")


class TemplateLoader(BaseLoader):
    """Loads with ``inner``, and adds the nonce of the request to every script tag in the source of a template.

    A script in the data gets no nonce, so that the web browser does not run it.
    """

    def __init__(self, inner: BaseLoader, datasette: Any) -> None:
        self._inner = inner
        self._datasette = datasette

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """As in `BaseLoader`: source, file name, and whether it is up to date. Raises `TemplateNotFound`."""
        source, path, is_current = self._find(environment, template)
        return _SCRIPT.sub('<script nonce="{{ csp_nonce }}"', source), path, is_current

    def list_templates(self) -> list[str]:
        """As in `BaseLoader`."""
        return self._inner.list_templates()

    def _find(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        if template == "index.html" and serves_only_ingest(self._datasette) and not self._is_customised(template):
            return self._inner.get_source(environment, "ingest_home.html")
        try:
            return self._inner.get_source(environment, template)
        except TemplateNotFound:
            ours = self._our_templates().get(template)
            if ours is None:
                raise
            return self._inner.get_source(environment, ours)

    def _our_templates(self) -> dict[str, str]:
        """Name that Datasette looks for → name of our template."""
        names = [to_css_class(name) for name in ingest_databases(self._datasette)]
        rows = {f"row-{name}-articles.html": "ingest_article.html" for name in names}
        return rows | {f"_table-{name}-articles.html": "ingest_list.html" for name in names}

    def _is_customised(self, template: str) -> bool:
        folder = self._datasette.template_dir
        return bool(folder) and (Path(folder) / template).is_file()
