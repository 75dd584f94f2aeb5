"""Many reports on several cores or machines: workers return what a report gives, only the driver writes."""
