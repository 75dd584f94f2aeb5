"""What is known of one negotiation, as YAML data: read, merged, checked."""
