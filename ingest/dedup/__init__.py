"""Identity: which URLs are the same page, which texts the same article, and what follows for the store.

URLs, texts and what the store holds of an article come in; keys, hashes and a `decide.StoreAction` go out, which the
store carries out. Everything is a pure function.
"""
