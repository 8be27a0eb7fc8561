"""What lies where: items, the ledger of every change, reserving and using."""
