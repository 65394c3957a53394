"""What programs and agencies export, parsed, in; what it says of each article out (`Told`).

One family of programs a module: the names of their fields, and nothing of files, HTML or stores.
"""
