# The same commands as `python3 make.py …`, for those who have make. Options: make test ARGS="-k search"
PYTHON ?= python3

.PHONY: demo test lint
demo test lint:
	@$(PYTHON) make.py $@ $(ARGS)
