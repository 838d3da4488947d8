"""Floor 4: the command line, Spark, the desk; translate in, call, translate out."""
