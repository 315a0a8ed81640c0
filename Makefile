# The same commands as `python3 make.py …`, for those who have make. Options: make test ARGS="-k search"
PYTHON ?= python3

.PHONY: demo test lint bench bench-search bench-serve bench-reader bench-page
demo test lint bench bench-search bench-serve bench-reader bench-page:
	@$(PYTHON) make.py $@ $(ARGS)
