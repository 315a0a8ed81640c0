"""Why an index cannot be searched. The browser's `SearchError` has the same four codes (client/errors.js)."""

from __future__ import annotations


class SearchIndexError(Exception):
    """An index that cannot be used; the text says which file and why. `code` is the browser's word for it."""

    code = "corrupt"


class IndexMissingError(SearchIndexError):
    """There is no index here, or one of its files is gone."""

    code = "missing"


class IndexCorruptError(SearchIndexError):
    """A file of the index is not what it should be."""

    code = "corrupt"


class IndexVersionError(SearchIndexError):
    """The index was written in another format or by another analysis than this program's."""

    code = "version"
