"""REST for other shops: what can be chosen, as JSON. Reads only; the same engine answers it as the pages."""
