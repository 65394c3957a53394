"""A process of many threads keeps little of what each of them once needed."""

from __future__ import annotations

import subprocess
import sys

# Sixteen threads, one after another in work but all alive, each take and give back 30 MB.
GROWN = """
import sys, threading
from assistant.malloc import few_arenas
if sys.argv[1] == "few":
    assert few_arenas()

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4 // 1024

def work():
    kept = [bytearray(60_000) for _ in range(500)]
    with lock:
        ends.append(bytearray(60_000))  # the last taken: what is below it is not given back
    del kept
    done.wait()

lock, ends = threading.Lock(), []
done = threading.Barrier(17)
before = resident()
threads = [threading.Thread(target=work) for _ in range(16)]
for thread in threads:
    thread.start()
    while len(ends) < threads.index(thread) + 1:
        pass
print(resident() - before)
done.wait()
"""


def _grown(how: str) -> int:
    told = subprocess.run(
        [sys.executable, "-c", GROWN, how], capture_output=True, text=True, check=True
    )
    return int(told.stdout)


def test_with_few_heaps_what_a_thread_gives_back_serves_the_next() -> None:
    assert _grown("few") < _grown("as it comes") / 2
