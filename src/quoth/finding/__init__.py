"""Floor 3: the archive's index; a report or a quotation to the sources it may draw on."""
