"""The audit: every promise about safety and robustness, tried on this checkout. See docs/security.md.

    python -m audit               every row of the table
    python -m audit.bad_inputs    a folder of bad inputs, each with the outcome it must get

No part of the product: it needs the tools of the `dev` extra, Chromium, and for the checks of HTML Node and Java.
"""
