"""The counter: scans, hand-over, walk-in sales and the till."""
