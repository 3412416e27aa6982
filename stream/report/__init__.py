"""Reports by law, made of the ledger: form II.06a, the cases behind each of its cells, and its restatement."""
