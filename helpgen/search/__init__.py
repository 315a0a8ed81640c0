"""Search for static sites: documents in, named bytes out, and the same ranking in Python and in the browser.

A library by itself; it imports nothing of helpgen. Read in this order:

document  what is searched            analysis  text → terms, the same in client/analysis.js
index     documents → Index           shards    Index → files; `store` reads them back
query     query → what to look up     rank      what was found → scores
engine    the search itself, the oracle of client/engine.js
whoosh_index   the second backend, for servers
"""

from helpgen.search.analysis import ANALYSIS_VERSION
from helpgen.search.checked import FORMAT_VERSION
from helpgen.search.document import SearchDocument, Section, Synonyms
from helpgen.search.engine import SearchIndex, open_index
from helpgen.search.errors import IndexCorruptError, IndexMissingError, IndexVersionError, SearchIndexError
from helpgen.search.index import AnalysedDocument, Index, analyse_document, build_index
from helpgen.search.results import Hit, Part, Results
from helpgen.search.shards import write_shards

__all__ = [
    "ANALYSIS_VERSION",
    "FORMAT_VERSION",
    "AnalysedDocument",
    "Hit",
    "Index",
    "IndexCorruptError",
    "IndexMissingError",
    "IndexVersionError",
    "Part",
    "Results",
    "SearchDocument",
    "SearchIndex",
    "SearchIndexError",
    "Section",
    "Synonyms",
    "analyse_document",
    "build_index",
    "open_index",
    "write_shards",
]
