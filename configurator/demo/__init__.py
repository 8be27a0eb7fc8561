"""A believable week of the demo shop, made with the same functions as the real one."""
