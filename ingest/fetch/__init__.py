"""URL → page, politely: one deadline, bounded bytes, checked addresses, robots.txt, a pace per host. Parses nothing."""
