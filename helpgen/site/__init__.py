"""Articles, categories and data -> one joined site -> the pages of every template. Pure.

urls              which address each thing has; links from page to page
links             a reference as written -> the address of what it means
navigation        order, neighbours, breadcrumbs, related articles
assemble          [Article] -> Site
head              titles, canonical and hreflang links, structured data
pages             Site -> [Page]
feeds             sitemap, robots.txt
search_documents  Site -> what the search index is made of
"""
