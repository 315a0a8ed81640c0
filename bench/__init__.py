"""What helpgen costs and finds, beside other tools, on real articles. docs/benchmarks.md shows the last results.

    make.py bench           builds: `bench.builds`
    make.py bench-serve     the preview: `bench.serving`
    make.py bench-reader    what a reader downloads and waits for: `bench.reader`
    make.py bench-search    relevance, bytes and time of the search: `bench.search`
    make.py bench-page      docs/benchmarks.md from bench/results/*.json: `bench.page`

Nothing here is part of helpgen: the other tools come from bench/requirements.txt and bench/package.json.
"""
