"""One server for many: the page, an API and OpenAI's shape over the same `ask`."""
