"""What an event is: the envelope, the kinds of data it may carry, and the register of both."""
