"""Our HTTP/1.1 transport under httpx: from a checked address to the decoded bytes of a response.

A request and the rules for addresses come in; the head of a response and its body go out, within limits of time and
size. Redirects, robots.txt and the pace of a host are decided above, in `ingest.fetch`.
"""
