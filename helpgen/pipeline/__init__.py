"""The order of a build, its memory, its processes and its disk. The only package that knows them.

read      the site's folder -> SourceFiles                         (disk)
stages    the named stages that may be remembered or run elsewhere
build     the whole order on one screen                            (pure)
memo      earlier results by content                               (disk)
workers   results from other processes, time, progress             (processes, clock)
publish   the built files -> the output folder, in one step        (disk)
"""
