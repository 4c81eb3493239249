"""Pure functions, one file per physical process: floats or arrays in, the same out.

Every docstring gives the equation, the unit of each argument, where it holds, its source down to the table,
and a worked example that runs as a test. Nothing here reads a file or knows a record.
"""
