"""The way to a human: what an author writes about it -> what its pages and scripts need. Pure: no disk, no clock.

client/ are the scripts: pure ES modules without a page, which a site finds in its script folder under `support/`.
"""
