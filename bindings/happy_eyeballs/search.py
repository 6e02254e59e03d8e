"""The addresses of a host: both families are asked for at once (RFC 8305, 3)."""

import asyncio

from mirage.dns.client import no_address

if False:  # for type checkers
    from mirage.dns import Client
    from mirage.happy_eyeballs.race import Race


class Search:
    """Tells a race the addresses of a host as they become known.

    kinds     what is asked for, of "AAAA" and "A"
    patience  milliseconds that IPv4 addresses which are known wait for IPv6 ones
    timeout   milliseconds for all
    """

    def __init__(
        self, race: Race, client: Client, host: str, kinds: list[str], patience: int, timeout: int
    ) -> None:
        self._race = race
        self._client = client
        self._host = host
        self._patience = patience
        self._timeout = timeout
        self._errors = {}
        self._asked = set(kinds)
        race.expect(True)
        self._tasks = [asyncio.create_task(self._find(kind)) for kind in kinds]

    def stop(self) -> None:
        """Ask no more."""
        for task in self._tasks:
            task.cancel()

    def failure(self) -> OSError:
        """Why there are no addresses."""
        if not self._errors:
            return TimeoutError("connection timeout")
        reasons = ["%s: %s" % (one, self._errors[one].args[-1]) for one in sorted(self._errors)]
        return no_address(self._errors.values(), "name resolution failed: " + "; ".join(reasons))

    async def _find(self, kind):
        addresses = []
        try:
            addresses = await asyncio.wait_for_ms(
                self._client.resolve(self._host, kind), self._timeout
            )
        except TimeoutError:
            self._failed(kind, TimeoutError("DNS request timeout"))
        except Exception as error:
            self._failed(kind, error)
        self._asked.remove(kind)
        if kind == "AAAA":
            self._race.hold(False)
        elif self._asked and addresses:
            self._race.hold(True)
            self._race.add(addresses)
            await asyncio.sleep_ms(self._patience)
            self._race.hold(False)
            return
        self._race.add(addresses)
        if not self._asked:
            self._race.expect(False)

    def _failed(self, kind, error):
        self._errors["v6" if kind == "AAAA" else "v4"] = error
