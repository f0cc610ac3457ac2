"""Files of customers, contacts, opportunities and activities, as other systems export them."""
