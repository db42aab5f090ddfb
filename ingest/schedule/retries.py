"""When a link is requested again: after a failure, and once its article is stored. Reads no clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

#: A link that fails this often is not requested any more; the reason stays in its row.
MAX_ATTEMPTS = 8
#: A link whose failure may be over tomorrow gets more: a server has about two weeks to come back.
MAX_TRANSIENT_ATTEMPTS = 20
#: An article is requested again at these ages, because editors edit, and most of all soon after publication.
_RECHECKS = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 72, 168))
#: A page that was removed is asked for again after these times: some come back, under the same address.
_LOOKS_AT_GONE = tuple(timedelta(days=days) for days in (1, 3, 7, 30, 90))
_FIRST_WAIT = timedelta(minutes=10)
_LONGEST_WAIT = timedelta(days=1)
_LONGEST_PATIENT_WAIT = timedelta(days=7)
#: Links wait no longer than this, whatever they wait for: a due time further away was written by a wrong clock.
LONGEST_LINK_WAIT = max(*_RECHECKS, _LONGEST_PATIENT_WAIT * 1.1)
#: The same for links whose page was removed.
LONGEST_GONE_WAIT = max(_LOOKS_AT_GONE) * 1.1


def next_try(
    attempts: int,
    now: datetime,
    *,
    retry_after: float | None = None,
    jitter: float = 0.0,
    transient: bool = False,
    patient: bool = False,
) -> datetime | None:
    """When to request a link again after its ``attempts``-th failure; None if it is given up.

    The wait is ten minutes, and doubles with each failure up to a day. ``retry_after`` is what the server asked for,
    in seconds, respected up to a day. ``jitter`` is between 0 and 1 and adds up to a tenth. ``transient`` is whether
    the failure may be over tomorrow (`ErrorClass.transient`). ``patient`` is whether the link is never given up
    (`ErrorClass.patient`): the wait then doubles up to a week.
    """
    if patient:
        return now + min(_FIRST_WAIT * 2.0 ** min(attempts - 1, 20), _LONGEST_PATIENT_WAIT) * (1 + 0.1 * jitter)
    if attempts >= (MAX_TRANSIENT_ATTEMPTS if transient else MAX_ATTEMPTS):
        return None
    wait = min(_FIRST_WAIT * 2.0 ** max(attempts - 1, 0), _LONGEST_WAIT)
    if retry_after:
        wait = max(wait, min(timedelta(seconds=retry_after), _LONGEST_WAIT))
    return now + wait * (1 + 0.1 * jitter)


def next_check(first_seen: datetime, now: datetime) -> datetime | None:
    """When to request a stored article again for edits; None once it is a week old.

    ``first_seen`` is when it was published, as far as that is known.
    """
    return next((first_seen + age for age in _RECHECKS if first_seen + age > now), None)


def next_look(looks: int, now: datetime, *, jitter: float = 0.0) -> datetime | None:
    """When to ask again for a page that ``looks`` requests in a row found removed (at least one); None for never.

    ``jitter`` is between 0 and 1 and adds up to a tenth of the wait.
    """
    wait = _LOOKS_AT_GONE[looks - 1] if looks <= len(_LOOKS_AT_GONE) else None
    return now + wait * (1 + 0.1 * jitter) if wait else None
