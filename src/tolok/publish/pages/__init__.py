"""The pages of the site: one module a page, found by scanning this folder.

Each module has PATH, its address inside a language's folder, and `build(results, language)`, which
yields the pages it makes; its template has the module's name. One that not every edition has says
so by `is_needed(results)`.
"""
