"""Write notebooks from the chapters' MyST sources; `tools/export_notebooks.py` is the command."""
