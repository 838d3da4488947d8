"""`quoth watch`: feeds and folders polled, new reports held against an archive, each finding told once.

desk        what a desk's file says
desk_state  what is remembered between rounds, in a file of SQLite of its own
polling     feeds and folders to places; places to documents
findings    an Examination to what is told of it, and what a later version of a report changes
telling     findings to an Atom feed, to JSON Lines, to a command
atom_feed   findings as an Atom feed
once        runs the command for one finding, if nothing ran it before
rounds      the loop
"""
