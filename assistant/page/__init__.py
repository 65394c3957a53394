"""The chat page: what its parts do, and how they are drawn with gradio."""

import os

# Before gradio is imported: it would report its start to its makers.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
