"""What others call things: names of columns and values, the systems that write files, and our own fields."""
