"""configurator: customers customise blanks, the workshop makes them in batches."""
