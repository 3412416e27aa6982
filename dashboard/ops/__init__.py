"""What operators work with: the queue, the page of a case, the cases behind a figure, and what people do about them."""
