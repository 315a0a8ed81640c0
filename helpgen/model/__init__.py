"""The values that flow through helpgen. Read this package first.

    SourceFile -> Article -> Site -> Page -> HTML        (and SearchDocument -> search index)

Every class is a frozen dataclass that is finished when it is made: nothing is filled in later, and what one
value knows of another (translations, neighbours, redirects) lives in the next type of the flow. Problems travel
beside the values as `Diagnostic`s in an `Outcome`. This package uses the standard library only.
"""
