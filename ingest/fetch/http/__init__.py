"""An HTTP/1.1 transport for httpx: URLs, addresses, connections, response headers and content codings.

A request goes in; status, header fields and decoded body come out, within limits of time and size. Redirects,
robots.txt and the pace of a host are decided above, in `ingest.fetch.client`, and nothing here imports from there.
"""
