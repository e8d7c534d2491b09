"""The same page as others would write it: six figures, four charts, a table, one filter of the town.

Each peer runs in an environment of its own (requirements-peers.lock) and knows nothing of ours; its data is
one workbook, named by the environment variable of `ledger.WORKBOOK`.
"""
