"""One scene in millimetres per print area, and pure writers for every output."""
