"""The record in a browser: pages made on the server, each list also as CSV and JSON at the same address."""
