"""URL → `Page`: one deadline, limited bytes, checked addresses, robots.txt, and a pace for each host.

A run calls `client.Fetcher`, or `browser.renderer.Renderer` for pages whose text is written by scripts; both return a
`Page` or raise FetchError. `http` and `browser` do the input and output. The content of a page is never interpreted.
"""
