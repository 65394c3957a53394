"""Other ways to build what we build, to be measured beside ours by adding_beside_others.py."""
