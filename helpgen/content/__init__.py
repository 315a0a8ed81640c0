"""Bytes of one file -> typed values: articles, settings, categories, data, images.

Nothing here knows of a second file, so every result can be remembered and every file read in parallel.

    positioned_yaml   YAML text -> nodes with line and column
    schema, fields    nodes -> typed values by one table of fields; the same table feeds docs and JSON Schema
    front_matter      an article's file -> front matter and body text
    markdown/         body text -> gated HTML with holes for references, headings, passages
    parse             one file -> Article
    config, category, data, images   the other kinds of files
"""
