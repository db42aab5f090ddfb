"""URL → `Page`, politely: one deadline, bounded bytes, checked addresses, robots.txt, a pace per host.

A run calls `client.Fetcher`, or `browser.Browser` for pages that only scripts fill; both give a `Page` or raise
`FetchError`. What travels over the network is in `http` and `browser`. Nothing here reads what a page says.
"""
