"""Answers, articles and conversations in; HTML, Markdown and terminal text out.

Pure: no gradio, no store, no clock. Words of an article are data: each goes through `html.escape`
on its way to the page, and through `printable` on its way to the terminal. Begin with
`answer_message.py`.
"""
