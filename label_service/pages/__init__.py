"""Server-rendered pages: no script, two languages, readable on a small phone and on paper."""
