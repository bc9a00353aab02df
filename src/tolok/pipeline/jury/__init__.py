"""The jury's office: what the secretary does, one module an act.

Every act reads the ledger, checks the permission of it, writes its files, and last a line to the
ledger; what the ledger does not tell has not happened.
"""
