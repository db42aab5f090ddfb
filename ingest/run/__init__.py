"""Where the steps meet: discover → fetch → extract → dedup → store, for one run over the sources.

Sources come in and a report goes out; what was read is in the database by then. `pipeline` is the run, `indexes` its
first half and `articles` its second; `backfill`, `reextract` and `survey` combine the same steps in other ways, and
`runtime` opens what they work with. The steps themselves are decided in the packages below; no SQL, no HTTP and no
parsing enters this package.
"""
