"""The same input, the same bytes: one site built in many environments.

python -m audit.environments             20 builds of the demo
python -m audit.environments --builds 50
"""
