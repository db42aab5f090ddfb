"""Whether all is well, and who is told: findings, counters of a run, the state of the service, notifications.

Nothing is stored here: what waits for a receiver is handed in by the store's thread, and acknowledged to it.
"""
