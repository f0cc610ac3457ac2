"""A lead becomes a customer, a contact and an opportunity; and back again (R70 to R76)."""
