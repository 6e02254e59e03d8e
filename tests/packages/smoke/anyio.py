import anyio


async def work(results, number):
    await anyio.sleep(0)
    results.append(number)


async def main():
    results = []
    async with anyio.create_task_group() as group:
        for number in range(3):
            group.start_soon(work, results, number)
    print(sorted(results))


def start():
    anyio.run(main)
