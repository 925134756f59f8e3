"""Train experiments for the record: here, on several processes, or on a cluster."""
