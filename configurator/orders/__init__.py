"""Cart, order, placing, changing, payment, codes and messages."""
