"""The chat page: what its parts do (`actions.py`) and how they are drawn with gradio."""
