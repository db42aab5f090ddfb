"""The Datasette plugin behind `ingest browse`: home page, article pages, search and security headers.

Datasette calls the hooks below with its own objects; they return templates, configuration and response headers for the
databases that ingest made. Other databases are left as they are, and none is written.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from pluggy import HookimplMarker

from ingest.browse import datasette_config, security_headers, template_context
from ingest.browse.databases import is_ingest_connection, is_ingest_database, serves_only_ingest
from ingest.browse.server import serve
from ingest.browse.sql_functions import register_functions
from ingest.browse.template_loader import TemplateLoader

__all__ = ["serve"]

#: Datasette's own marker, with types.
hookimpl = HookimplMarker("datasette")


@hookimpl
def asgi_wrapper(datasette: Any) -> Any:
    """Adds the security headers."""
    return security_headers.wrapper(datasette)


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Chooses our templates for our tables, and adds the nonce to every script tag of a template."""
    # Datasette 1.0 takes the queries out of its configuration after this hook and before `startup`.
    datasette_config.configure(datasette)
    env.loader = TemplateLoader(env.loader, datasette)


# Last, so that it replaces Datasette's own `escape_fts`.
@hookimpl(trylast=True)
def prepare_connection(conn: Any) -> None:
    """Makes every search of Datasette follow the rules of `ingest search`."""
    if is_ingest_connection(conn):
        register_functions(conn)


@hookimpl(optionalhook=True)
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Titles, facets and sort order of our tables, for Datasette 0.65."""
    return datasette_config.metadata(datasette)


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Any) -> Markup | None:
    """In the results of a query, a column ``article`` links to the article with that id."""
    if table or column != "article" or not isinstance(value, int) or not is_ingest_database(datasette, database):
        return None
    return Markup('<a href="{}">{}</a>').format(datasette.urls.row(database, "articles", str(value)), value)


@hookimpl
def extra_css_urls(datasette: Any, database: str | None) -> list[str]:
    """Adds our style sheet to our pages."""
    ours = is_ingest_database(datasette, database) if database else serves_only_ingest(datasette)
    return [datasette.urls.static_plugins("ingest", "ingest.css")] if ours else []


@hookimpl
def extra_template_vars(datasette: Any, request: Any, database: str | None, table: str | None, view_name: str) -> Any:
    """Adds the variables of our templates."""

    async def variables() -> dict[str, Any]:
        values = {"csp_nonce": request.scope.get(security_headers.NONCE, "") if request else ""}
        if view_name == "index" and serves_only_ingest(datasette):
            return values | await template_context.home_context(datasette)
        if database and table == "articles" and is_ingest_database(datasette, database):
            return values | await template_context.article_context(datasette.get_database(database), request, view_name)
        return values

    return variables
