"""What people print and hand over: scorecards, certificates, the report, tables as a workbook.

Pure functions of results/ and the rules: no clock, no network, the same bytes each time.
"""
