"""Drivers of databases without an ORM: connections, pools, cursors and rows."""
