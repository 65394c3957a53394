"""Other ways to build what we build, to be measured beside ours: see tests/bench_adding.py."""
