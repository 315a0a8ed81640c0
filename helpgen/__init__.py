"""helpgen: searchable help centres from Markdown. Start reading at `helpgen.model`, then `helpgen.pipeline.build`."""

__version__ = "0.1.0"
