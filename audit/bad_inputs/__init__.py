"""Runs a folder of bad inputs and compares what happens with what its manifest wants.

cases       the manifest -> cases; verdicts
names       the one adapter: the manifest's names of files, keys and routes -> helpgen's
folder      a case -> a site on disk
process     a command of helpgen in a process of its own, with limits
expect      what a case says, must and must never do
builds      how: build, config, theme        attack     the two oracles in Chromium
raw         how: server                      client     how: client
caches      how: cache                       run        the order, and the report
"""
