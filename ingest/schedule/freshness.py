"""How long an HTTP response stays fresh, by its header fields (RFC 9111, section 4.2)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Ten digits are three hundred years. The bounds keep a hostile header from costing time.
_MAX_AGE = re.compile(r"\bmax-age\s{0,3}=\s{0,3}\"?(\d{1,10})")
_SECONDS = re.compile(r"\d{1,10}", re.ASCII)


def freshness_lifetime(headers: Mapping[str, str], now: datetime) -> float:
    """For how many seconds a response is fresh, less those that it has already spent in caches (``Age``).

    ``Cache-Control: max-age`` decides, else ``Expires`` compared with ``Date``, or with ``now`` where there is no
    ``Date``. 0 where the response may not be kept, is stale, or says nothing. The names of ``headers`` are lower case.
    """
    control = headers.get("cache-control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return 0.0
    max_age = _MAX_AGE.search(control)
    if max_age:
        age = headers.get("age", "").strip()
        return max(float(max_age[1]) - (float(age) if _SECONDS.fullmatch(age) else 0.0), 0.0)
    expires = _http_date(headers.get("expires", ""))
    sent = _http_date(headers.get("date", "")) or now
    return max((expires - sent).total_seconds(), 0.0) if expires else 0.0


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value.strip())
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC)
