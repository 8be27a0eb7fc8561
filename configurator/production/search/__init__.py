"""The planner's core: lines, machines and setup minutes in, batches in their order out; pure, seeded, compiled."""
