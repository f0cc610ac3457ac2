"""When to contact whom: the queue, activities, cadence, response limits, reminders."""
