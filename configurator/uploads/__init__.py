"""Pictures that customers bring: read in a limited process, made anew, kept under the hash of what was made."""
