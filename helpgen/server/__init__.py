"""The preview: a site in memory, rebuilt as its files change, shown to browsers on this machine only.

watch      the disk -> "something changed"
live       rebuild, keep the last good build                     (a thread of its own)
snapshot   what the preview shows now, and what that means for one open page
request    bytes -> a request, or why they are none
guard      whose requests are answered
answer     request + snapshot -> response                        (a dict lookup; no path is ever joined)
inject     the client of live reload, put into pages as they are answered
serve      sockets, limits, the event stream                     (asyncio)

An open page is told a state, not a change: which version of itself the server now has, its stylesheets, the problems.
So a message that is missed, doubled or late does no harm: the next one says all there is to know.
"""
