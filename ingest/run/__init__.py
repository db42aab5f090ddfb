"""Where the steps meet: discover → fetch → extract → dedup → store, for one run over the sources.

Sources come in and a report goes out; what was read is in the database by then. `pipeline` is the run, `indexes` its
first half and `articles` its second; `backfill`, `reextract` and `survey` take other ways along the same steps. The
steps themselves are decided in the packages below; no SQL, no HTTP and no parsing enters this package.
"""
