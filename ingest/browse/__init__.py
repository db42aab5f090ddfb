"""The Datasette plugin: what `ingest browse` adds to Datasette, and only for databases of ingest. Writes nothing."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from pluggy import HookimplMarker

from ingest.browse import datasette_config, security_headers, template_context
from ingest.browse.databases import all_ours, is_ours, is_ours_open
from ingest.browse.server import serve
from ingest.browse.sql_functions import register
from ingest.browse.template_loader import Templates

__all__ = ["serve"]

#: Datasette's own marker, with types.
hookimpl = HookimplMarker("datasette")


@hookimpl
def asgi_wrapper(datasette: Any) -> Any:
    """Security headers."""
    return security_headers.wrapper(datasette)


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Our templates for our tables, and the nonce of the security headers in every script tag of a template."""
    # The last hook before Datasette 1.0 takes the queries out of its configuration; `startup` comes after.
    datasette_config.configure(datasette)
    env.loader = Templates(env.loader, datasette)


# Last, to take the place of Datasette's own `escape_fts`.
@hookimpl(trylast=True)
def prepare_connection(conn: Any) -> None:
    """Searches as `ingest search` does, wherever Datasette searches."""
    if is_ours_open(conn):
        register(conn)


@hookimpl(optionalhook=True)
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Titles, facets and order of our tables, for Datasette 0.65."""
    return datasette_config.metadata(datasette)


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Any) -> Markup | None:
    """In the results of a query, a column ``article`` leads to the article of that number."""
    if table or column != "article" or not isinstance(value, int) or not is_ours(datasette, database):
        return None
    return Markup('<a href="{}">{}</a>').format(datasette.urls.row(database, "articles", str(value)), value)


@hookimpl
def extra_css_urls(datasette: Any, database: str | None) -> list[str]:
    """Our style sheet on our pages."""
    ours = is_ours(datasette, database) if database else all_ours(datasette)
    return [datasette.urls.static_plugins("ingest", "ingest.css")] if ours else []


@hookimpl
def extra_template_vars(datasette: Any, request: Any, database: str | None, table: str | None, view_name: str) -> Any:
    """What our templates show."""

    async def variables() -> dict[str, Any]:
        found = {"csp_nonce": request.scope.get(security_headers.NONCE, "") if request else ""}
        if view_name == "index" and all_ours(datasette):
            return found | await template_context.home(datasette)
        if database and table == "articles" and is_ours(datasette, database):
            return found | await template_context.articles(datasette.get_database(database), request, view_name)
        return found

    return variables
