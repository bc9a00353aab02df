"""The store: tables made from what was landed, and the engine that reads them."""
