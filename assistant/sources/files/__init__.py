"""A file or folder in; Articles out, or why there are none.

One kind of file a module; `read_files` tells them apart by their names, and bounds what a packed
one may unpack to. Knows nothing of the web.
"""
