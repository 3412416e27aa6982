"""What is to be sent of each snapshot to each receiver: the rows, who takes them when, and the receipts."""
