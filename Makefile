# The same commands as `python3 make.py …`, for those who have make. Options: make test ARGS="-k search"
PYTHON ?= python3

.PHONY: demo test lint bench bench-search bench-serve bench-reader bench-page bad-inputs audit
demo test lint bench bench-search bench-serve bench-reader bench-page:
	@$(PYTHON) make.py $@ $(ARGS)

# make bad-inputs CASES=folder    make audit PROMISES="P7 P8"
bad-inputs:
	@$(PYTHON) make.py $@ $(CASES) $(ARGS)
audit:
	@$(PYTHON) make.py $@ $(PROMISES) $(ARGS)
