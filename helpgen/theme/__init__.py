"""Page -> HTML, and the files that every page shares.

    load          a theme's folder and its parents' -> Theme
    manifest      theme.yaml -> name, parent, settings
    strings       strings/<locale>.yaml -> the theme's words in each language
    lint          what a template must never do, found before anything is rendered
    closure       which templates a page type uses: what its memory depends on
    colour, palette   one brand colour -> every colour of the site, with its contrast
    styles        CSS layers -> one file
    assets        CSS, scripts, icons, logo -> content-hashed files and a table of their addresses
    filters, environment, render   Page + Look -> HTML

The order of use: `load_theme`, then `build_assets`, then `look_of`, then `render_page` for each page.
"""
