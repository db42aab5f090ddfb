"""Which URLs are the same page, which texts the same article, and what to do about it. Stores nothing."""
