"""The tests of mirage.http that need no network: their names are printed when they have passed."""

import asyncio
import gc
import sys

import client_tests
import server_tests
import static_tests


async def start():
    for module in (server_tests, static_tests, client_tests):
        for name in sorted(dir(module)):
            if name.startswith("test_"):
                gc.collect()
                try:
                    await asyncio.wait_for(getattr(module, name)(), 20)
                except Exception as error:
                    print("FAILED", name)
                    sys.print_exception(error)
                else:
                    print("passed", name)
