"""Pages for shop, checkout, counter and workshop; forms, guards, rendering."""
