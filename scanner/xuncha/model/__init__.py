"""Values that everything else speaks in: frozen, slotted, without I/O and without imports of other core parts."""
