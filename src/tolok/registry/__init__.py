"""The registry: institutions, their accounts and their lineage, with the evidence of each row."""
