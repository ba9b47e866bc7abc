"""Measures the life of AutoGen's executor, like `cases/life.ts`: life.py docker|pod|pod-volume RUNS. Prints samples in milliseconds."""
import asyncio
import json
import sys
import time

from autogen_core import CancellationToken
from autogen_core.code_executor import CodeBlock

BLOCKS = [CodeBlock(code="print(6*7)", language="python")]
IMAGE = "python:3-slim"


def make(backend):
    if backend == "docker":
        from autogen_ext.code_executors.docker import DockerCommandLineCodeExecutor

        return DockerCommandLineCodeExecutor(image=IMAGE)
    from autogen_kubernetes.code_executors import PodCommandLineCodeExecutor

    volume = {"name": "workspace", "emptyDir": {"sizeLimit": "512Mi"}} if backend == "pod-volume" else None
    return PodCommandLineCodeExecutor(image=IMAGE, volume=volume)


async def timed(work):
    started = time.perf_counter()
    result = await work()
    return (time.perf_counter() - started) * 1e3, result


async def main(backend, runs):
    async def execute():
        result = await executor.execute_code_blocks(BLOCKS, CancellationToken())
        assert result.output.strip() == "42", result

    started = time.perf_counter()
    executor = make(backend)
    await executor.start()
    await execute()
    cold = (time.perf_counter() - started) * 1e3
    warm = [(await timed(execute))[0] for _ in range(runs)]
    stop, _ = await timed(executor.stop)
    print(json.dumps({"cold": [cold], "warm": warm, "stop": [stop]}))


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
