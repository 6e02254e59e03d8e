"""The addresses of a host: both families are asked for at once (RFC 8305, 3)."""

import asyncio
import errno

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
        reasons = ["%s: %s" % (one, self._errors[one]) for one in sorted(self._errors)]
        if not reasons:
            return TimeoutError("connection timeout")
        return OSError(errno.ENOENT, "name resolution failed: " + "; ".join(reasons))

    async def _find(self, kind):
        addresses = []
        try:
            addresses = await asyncio.wait_for_ms(
                self._client.resolve(self._host, kind), self._timeout
            )
        except TimeoutError:
            self._failed(kind, "DNS request timeout")
        except Exception as error:
            self._failed(kind, error.args[-1])
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

    def _failed(self, kind, reason):
        self._errors["v6" if kind == "AAAA" else "v4"] = reason
