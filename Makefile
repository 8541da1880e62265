# CryptoScreener: every command a person needs. `make` alone lists them.
SHELL := /bin/bash
CONFIG ?= Release
LAUNCH = dotnet run --project deploy/local/Launcher -c $(CONFIG) --no-build --

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z][a-zA-Z_-]*:.*## / {printf "  \033[36m%-16s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST) | \
		if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9;]*m//g'; fi

.PHONY: servers
servers: ## Install the servers that run and test need (Debian/Ubuntu; NO_INSTALL=1 only checks)
	@deploy/scripts/install-servers.sh

.PHONY: test-tools
test-tools:
	@deploy/scripts/install-servers.sh all

WEB = services/api-gateway/web
PAGE = services/api-gateway/wwwroot/index.html

.PHONY: web
web: $(PAGE) ## Build the web page (only when its sources changed)

# Not `npm ci`: it refuses a lock file that lacks the builds of rollup for other platforms, which not every registry has.
$(WEB)/node_modules/.package-lock.json: $(WEB)/package.json $(WEB)/package-lock.json
	cd $(WEB) && npm install --no-save --no-audit --no-fund --loglevel=error && touch node_modules/.package-lock.json

$(PAGE): $(WEB)/node_modules/.package-lock.json $(shell find $(WEB)/src $(WEB)/public -type f) $(WEB)/index.html $(WEB)/vite.config.ts $(WEB)/tsconfig.json
	cd $(WEB) && npm run build --silent -- --logLevel warn

.PHONY: build
build: web ## Build everything
	dotnet build CryptoScreener.sln -c $(CONFIG) -v quiet --nologo

.PHONY: run
run: servers build ## Run the whole screener on this machine (ARGS="--instruments 50 --rate 4 --seed 1 --duration 60s")
	$(LAUNCH) $(ARGS)

.PHONY: test
test: test-tools build ## Build and run every test, with real servers
	@deploy/scripts/test.sh $(CONFIG)

.PHONY: test-fast
test-fast: ## Run the tests that need no server
	dotnet test tests/UnitTests -c $(CONFIG) -v quiet --nologo

.PHONY: truth
truth: servers build ## Break a simulated exchange in many random ways and compare the stored candles with what traded (SEEDS=20 FIRST=1 EXCHANGE=okx-swap)
	TRUTH_SEEDS=$(or $(SEEDS),20) TRUTH_FIRST=$(or $(FIRST),1) TRUTH_EXCHANGE=$(EXCHANGE) \
		dotnet test tests/EndToEndTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~TruthTests --logger "console;verbosity=detailed"

.PHONY: resume
resume: servers build ## Clients that come and go between two gateways, one of them restarted: each ends with every alert once (SOCKETS=1000)
	SCREENER_SOCKETS=$(or $(SOCKETS),1000) \
		dotnet test tests/IntegrationTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~ResumeTests --logger "console;verbosity=detailed"

.PHONY: faults
faults: servers build ## Kill, freeze and move two alert engines and take bus, database and Redis away, over and over (ROUNDS=10 TEST_SEED=1)
	SCREENER_FAULT_ROUNDS=$(or $(ROUNDS),10) TEST_SEED=$(TEST_SEED) \
		dotnet test tests/IntegrationTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~KilledEngines --logger "console;verbosity=detailed"

.PHONY: openapi
openapi: test-tools ## Write docs/openapi.json from what the gateway serves (the contract tests compare the two)
	UPDATE_OPENAPI=1 dotnet test tests/ContractTests -c $(CONFIG) -v quiet --nologo --filter FullyQualifiedName~OpenApiTests

.PHONY: lint
lint: ## Check formatting and analyzers
	dotnet format CryptoScreener.sln --verify-no-changes --verbosity quiet

.PHONY: format
format: ## Format the code
	dotnet format CryptoScreener.sln --verbosity quiet

.PHONY: bench
bench: servers build ## Print the comparisons: bus client, storage, calculation, restart, rules, replay, hosting, delivery, gateway, page, system (one of them: make bench only=nats; with more rows: make bench only="storage 10000")
	dotnet run --project tests/Benchmarks -c Release --no-build -- $(or $(only),all)

.PHONY: clean
clean: ## Remove everything that was built
	rm -rf artifacts

.PHONY: up
up: servers build ## Start the screener in the background
	@deploy/scripts/background.sh up $(ARGS)

.PHONY: down
down: ## Stop what `make up` started
	@deploy/scripts/background.sh down

.PHONY: restart
restart: down up ## Stop and start again

.PHONY: logs
logs: ## Show the logs of `make up` or `make run` (service=data-collector for one of them)
	@deploy/scripts/background.sh logs $(service)

.PHONY: secrets
secrets: ## Generate every missing secret into .env and k8s/base/secrets.env; never overwrites
	@deploy/scripts/secrets.sh

.PHONY: images
images: ## Build the container images cryptoscreener/<service>:<version> (ONLY=api-gateway for one)
	@deploy/docker/images.sh build

.PHONY: images-load
images-load: ## Load the images into the current kind, k3d or minikube cluster
	@deploy/docker/images.sh load

.PHONY: backup
backup: ## Back up database, streams and Redis (where: PGHOST … NATS_URL REDIS; see docs/backup.md)
	@deploy/scripts/backup.sh

.PHONY: backup-verify
backup-verify: ## Read the newest backup as a restore would (ARCHIVE=… for another)
	@deploy/scripts/backup.sh --verify $(ARCHIVE)

.PHONY: restore
restore: ## Put a backup back over everything (RESTORE=yes; ARCHIVE=… for another than the newest); stop the workers first
	@deploy/scripts/restore.sh $(ARCHIVE)
