"""The methodology of an edition: the only reader of its TOML files, and the lock over them."""
