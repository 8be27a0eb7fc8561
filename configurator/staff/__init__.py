"""Who works here: makers, clerks, terminals, their sign-ins, sessions and limits on trying."""
