"""The desk: web pages and the JSON API of `quoth serve`; translate in, call, translate out.

settings        what the command line said
tasks           what is asked of a worker process
hands           what it does: read, examine, compare
bench           worker processes with progress and cancelling; jobs
examinations    the desk's store: examinations with all their runs, and who said what in them
saying          who said what, over all examinations
accounts        people, sessions, tokens, roles, the audit (team mode)
filling         the start form as it was filled in, held to be given back
refusing        what is answered where something cannot be done
guards          what every request must pass: host, origin, size, rate, who asks; and the headers of every answer
rooms           the desk put together
*_pages, api    what answers requests
operations      the table of the API, and the OpenAPI document made from it
"""
