"""Names of this machine, and names that nobody has."""

import asyncio

import pytest

from ingest.fetch.http.resolver import SystemResolver


def test_a_name_is_resolved_to_its_addresses() -> None:
    async def run() -> list[str]:
        resolver = SystemResolver()
        first, again = await resolver("localhost"), await resolver("localhost")
        assert first == again
        return first

    assert {"127.0.0.1", "::1"} & set(asyncio.run(run()))


@pytest.mark.parametrize("name", ["harbour.invalid", "a" * 70 + ".invalid", "xn--\u00fc.invalid"])
def test_a_name_without_addresses_is_an_os_error(name: str) -> None:
    async def run() -> None:
        with pytest.raises(OSError, match=r"not known|not a host name|resolution|address"):
            await SystemResolver()(name)

    asyncio.run(run())


def test_one_look_up_that_is_given_up_does_not_spoil_the_next() -> None:
    async def run() -> list[str]:
        resolver = SystemResolver()
        task = asyncio.create_task(resolver("localhost"))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return await resolver("localhost")

    assert asyncio.run(run())
