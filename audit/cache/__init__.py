"""A cache or an index that is damaged, swapped or foreign: each build equals a clean one, and nothing of it is run.

python -m audit.cache                 1,000 damages of the cache, 300 of the Whoosh index
"""
