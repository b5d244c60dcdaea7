# make quick   what Go alone can check, in a minute or two
# make test    everything; this is what continuous integration runs
# make bench   how fast it is, beside hugo if that is on the PATH: make bench PAGES=1000 for a quick look,
#              make bench SCALE=1 for ten times as many pages, too; make micro for the parts by themselves
# make fuzz    each parser for a short while: make fuzz FUZZTIME=5m for longer
#
# A check that cannot run fails. Only `quick` leaves checks out, and says which.

.PHONY: quick test needed format vet unit whole race staticcheck types browser bench answering micro fuzz update clean

SHELL       := /bin/sh
.SHELLFLAGS := -eu -c

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME    := 10s
# Where goroutines meet: in these packages, and in these tests of whole sites.
RACE        := ./generator/differential ./generator/memory ./generator/publish ./generator/serve
RACE_SITES  := SameBytes|Rebuild|Preview|Golden
# Go code stands only here; content/ and public/ are data.
CODE        := bench cmd generator themes
PAGES       := 10000
RUNS        := 5
ROWS        :=
SCALE       :=

quick: format vet unit
	@echo
	@echo "not done by quick: the race detector, staticcheck, the types of the client (tsc),"
	@echo "tests that need strace or a browser. make test does them."

# Three things at a time, for each waits a lot: the browser, and what Go checks, which gives way to it.
test: needed format vet types
	+@$(MAKE) --no-print-directory -j3 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target) browser race whole

# Everything that testing needs, at once, and before two ask for it.
needed:
	tools/need node npm strace chromium nginx caddy apache2 java shellcheck

format:
	@unformatted=$$(gofmt -l $(CODE)); \
	if [ -n "$$unformatted" ]; then echo "gofmt -w would change:"; echo "$$unformatted"; exit 1; fi

vet:
	go vet ./...

unit:
	go test -timeout 15m ./...

# Everything that Go checks but races, with what quick leaves out.
whole: staticcheck
	tools/need strace chromium
	CAIRN_ALL=1 CAIRN_TEST=all nice go test -count=1 -timeout 30m ./...

race:
	nice go test -race -short -timeout 30m -run '$(RACE_SITES)' ./generator
	nice go test -race -short -timeout 30m $(RACE)

staticcheck:
	go run $(STATICCHECK) ./...

types: tools/node_modules/.package-lock.json
	@for config in themes/*/client/tsconfig.json; do \
		echo "tsc --noEmit -p $$config"; \
		tools/node_modules/.bin/tsc --noEmit -p "$$config" || exit 1; \
	done

tools/node_modules/.package-lock.json: tools/package.json tools/package-lock.json
	tools/need node npm
	cd tools && npm ci --no-fund --no-audit
	@touch $@

# The built sites in a real browser; e2e/README.md says what is checked.
browser: e2e/node_modules/.package-lock.json
	tools/need chromium nginx caddy apache2 java shellcheck
	cd e2e && npm test

e2e/node_modules/.package-lock.json: e2e/package.json e2e/package-lock.json
	tools/need node npm
	cd e2e && npm ci --ignore-scripts --no-fund --no-audit
	@touch $@

bench:
	go run ./bench -pages $(PAGES) -runs $(RUNS) $(if $(ROWS),-rows $(ROWS)) $(if $(SCALE),-scale)
	@$(MAKE) --no-print-directory answering

# How long the page of an assessment is busy after an answer, in Chromium.
answering: e2e/node_modules/.package-lock.json
	tools/need chromium
	cd e2e && npm run --silent pretest && node answering.js

micro:
	go test -run '^$$' -bench . -benchmem ./...

fuzz:
	@for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			echo "$$package $$target"; \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x $$package || exit 1; \
		done; \
	done

# Rewrites the golden files; read the diff before committing it.
update:
	go test $$(grep -rl --include='*_test.go' 'cairn/generator/golden"\|flag.Bool("update"' $(CODE) | xargs -n1 dirname | sort -u | sed 's|^|./|') -update

clean:
	rm -rf public .cairn tools/node_modules e2e/node_modules e2e/.built
