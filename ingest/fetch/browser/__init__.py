"""Pages that only a browser shows: rendered in a Chromium of the system that reaches nobody by itself.

A URL comes in and a `Page` of rendered HTML goes out. Whatever the page asks for is fetched by the same fetcher, under
the same rules, as every other page.
"""
