"""What is said inside what is said: the weights of signs."""
