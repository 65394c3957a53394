"""The chat page: answers in, what a reader sees and does out, drawn with gradio.

Knows no HTML of an answer: that is `render`'s. Begin with `layout.py`.
"""

import os

# Before gradio is imported: it would report its start to its makers.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
