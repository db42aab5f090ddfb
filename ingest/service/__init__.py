"""The service behind `ingest serve`: starts each source when it is due, follows sources.yaml, and shuts down.

The path of sources.yaml and that of the database come in; nothing goes out before the service is stopped. What a run
does is the business of `ingest.run`, and when a source is due that of `ingest.schedule`.
"""

from ingest.service.service import Service

__all__ = ["Service"]
