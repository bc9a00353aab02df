"""Tolok's methods on anyone's table, from Python: tables in, tidy Arrow tables and charts out."""
