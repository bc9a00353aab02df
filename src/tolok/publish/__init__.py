"""Results into what people see: the static site, page by page, in every language of the edition."""
