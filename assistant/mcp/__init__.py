"""The assistant as tools of the Model Context Protocol, for other people's chat programs.

`python -m assistant.mcp` serves them. The only room that knows the `mcp` package (extra `[mcp]`).
Begin with `tools.py`.
"""
