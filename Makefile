# CryptoScreener: every command a person needs. `make` alone lists them.
SHELL := /bin/bash
CONFIG ?= Release
LAUNCH = dotnet run --project deploy/local/Launcher -c $(CONFIG) --no-build --

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z][a-zA-Z0-9_-]*:.*## / {printf "  \033[36m%-16s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST) | \
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

.PHONY: test-timescale
test-timescale: test-tools build ## Run the storage tests on PostgreSQL 17 with TimescaleDB, from Debian 13 in a folder (root only; fetched once)
	@CONFIG=$(CONFIG) deploy/scripts/test-timescale.sh

.PHONY: full-history
full-history: servers build ## Calculators that start again and again on two days of minutes give every value as if one had never stopped (INSTRUMENTS=800)
	SCREENER_HISTORY_INSTRUMENTS=$(or $(INSTRUMENTS),800) \
		dotnet test tests/IntegrationTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~FullHistoryTests --logger "console;verbosity=detailed"

.PHONY: fuzz
fuzz: servers build ## Feed every parser with changes of its corpus (INPUTS=1000000 for each; FUZZ_SEED=… to see a failure again)
	FUZZ_INPUTS=$(or $(INPUTS),1000000) dotnet test tests/UnitTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~Fuzzing
	FUZZ_INPUTS=$(or $(INPUTS),1000000) dotnet test tests/ContractTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~FuzzTests
	FUZZ_INPUTS=$$(($(or $(INPUTS),1000000) / 50)) dotnet test tests/IntegrationTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~Gateway.FuzzTests

.PHONY: truth
truth: servers build ## Break a simulated exchange and its collectors in many random ways and compare the stored candles with what traded (SEEDS=20 FIRST=1 EXCHANGE=okx-swap SECONDS=90)
	TRUTH_SEEDS=$(or $(SEEDS),20) TRUTH_FIRST=$(or $(FIRST),1) TRUTH_EXCHANGE=$(EXCHANGE) TRUTH_SECONDS=$(SECONDS) \
		dotnet test tests/EndToEndTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~TruthTests --logger "console;verbosity=detailed"

.PHONY: chaos
chaos: servers build ## Take away, freeze, cut off and confuse everything at once, then look for anything lost or doubled (SEEDS=10 FIRST=1 FAULTS=40)
	CHAOS_SEEDS=$(or $(SEEDS),10) CHAOS_FIRST=$(or $(FIRST),1) CHAOS_FAULTS=$(or $(FAULTS),40) \
		dotnet test tests/EndToEndTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~ChaosTests --logger "console;verbosity=detailed"

.PHONY: soak
soak: servers build ## Run for long and look whether memory, handles and tables stay as they should (MINUTES=60 SPEED=10 INSTRUMENTS=100)
	SOAK_MINUTES=$(or $(MINUTES),60) SOAK_SPEED=$(or $(SPEED),10) SOAK_INSTRUMENTS=$(or $(INSTRUMENTS),100) \
		dotnet test tests/EndToEndTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~SoakTests --logger "console;verbosity=detailed"

.PHONY: outages
outages: servers build ## Take exchange, sockets, bus and database away and print how long the collector takes to be whole again (INSTRUMENTS=800 MINUTES=10 SPEED=10)
	OUTAGE_INSTRUMENTS=$(or $(INSTRUMENTS),800) OUTAGE_MINUTES=$(or $(MINUTES),10) OUTAGE_SPEED=$(or $(SPEED),10) \
		dotnet test tests/EndToEndTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~RecoveryTests --logger "console;verbosity=detailed"

.PHONY: resume
resume: servers build ## Clients that come and go between two gateways, one of them restarted: each ends with every alert once (SOCKETS=1000)
	SCREENER_SOCKETS=$(or $(SOCKETS),1000) \
		dotnet test tests/IntegrationTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~ResumeTests --logger "console;verbosity=detailed"

.PHONY: faults
faults: servers build ## Kill, freeze and move two alert engines and take bus, database and Redis away, over and over (ROUNDS=10 TEST_SEED=1)
	SCREENER_FAULT_ROUNDS=$(or $(ROUNDS),10) TEST_SEED=$(TEST_SEED) \
		dotnet test tests/IntegrationTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~KilledEngines --logger "console;verbosity=detailed"

.PHONY: delivery-faults
delivery-faults: servers build ## Kill engines, database and receivers while alerts go out; none may be lost or doubled (ALERTS=10000 ENDPOINTS=50 ROUNDS=30 SEED=n)
	SCREENER_DELIVERY_ALERTS=$(or $(ALERTS),10000) SCREENER_DELIVERY_ENDPOINTS=$(or $(ENDPOINTS),50) SCREENER_DELIVERY_ROUNDS=$(or $(ROUNDS),30) TEST_SEED=$(SEED) \
		dotnet test tests/IntegrationTests -c $(CONFIG) --no-build --nologo --filter FullyQualifiedName~KilledDeliverer --logger "console;verbosity=detailed"

.PHONY: openapi
openapi: test-tools ## Write docs/openapi.json from what the gateway serves (the contract tests compare the two)
	UPDATE_OPENAPI=1 dotnet test tests/ContractTests -c $(CONFIG) -v quiet --nologo --filter FullyQualifiedName~OpenApiTests

.PHONY: lint
lint: ## Check formatting (analyzers and rules of style are the build's: it fails for each)
	dotnet format whitespace . --folder --verify-no-changes --exclude artifacts .data $(WEB)/node_modules --verbosity quiet

.PHONY: format
format: ## Format the code
	dotnet format CryptoScreener.sln --verbosity quiet

.PHONY: bench
bench: test-tools build ## Measure everything and write the table artifacts/bench/numbers.md (one of micro nats storage calculation restart rules replay hosting delivery collector gateway page idle system load chaos: make bench only="storage 10000")
	dotnet run --project tests/Benchmarks -c Release --no-build -- $(or $(only),all)

.PHONY: bench-quick
bench-quick: servers build ## What says most in five minutes, in the same table
	dotnet run --project tests/Benchmarks -c Release --no-build -- quick

.PHONY: load load-scale
load: servers build ## Double the updates until a stage falls behind, and name it (INSTRUMENTS=800 RATE=4 CLIENTS=20)
	dotnet run --project tests/Benchmarks -c Release --no-build -- load $(or $(INSTRUMENTS),800) $(or $(RATE),4) $(or $(CLIENTS),20)
load-scale: servers build ## Processor, memory, closes and every route of the API at several sizes (SIZES="1 10 100 800 5000")
	dotnet run --project tests/Benchmarks -c Release --no-build -- load scale $(SIZES)

.PHONY: clean
clean: ## Remove everything that was built
	rm -rf artifacts

.PHONY: up
up: servers build ## Start the screener in the background
	@deploy/scripts/background.sh up $(ARGS)

.PHONY: down
down: ## Stop what `make up` started
	@deploy/scripts/background.sh down

.PHONY: compose-up
compose-up: ## The same with Docker Compose, with secrets where there are none (PROFILES="monitoring logs"; SECRETS_TEMPLATE=.env.production.example)
	@deploy/scripts/compose-up.sh

.PHONY: k8s-up
k8s-up: ## The same in the current cluster of kubectl, with secrets where there are none (OVERLAY=production)
	@deploy/scripts/k8s-up.sh

.PHONY: restart
restart: ## Stop and start again, with the arguments of the last make up; with docker compose its workers
	@deploy/scripts/background.sh is-compose || $(MAKE) --no-print-directory servers build
	@deploy/scripts/background.sh restart

.PHONY: scale
scale: ## Run several processes of each worker (workers=6): make up, docker compose, or TARGET=kubernetes
	@deploy/scripts/scale.sh $(workers)

.PHONY: rollback
rollback: ## Go back to an earlier version of the images (to=0.1.0; TARGET=kubernetes for a cluster)
	@deploy/scripts/rollback.sh $(to)

.PHONY: logs
logs: ## Show the logs of `make up` or `make run` (service=data-collector for one of them)
	@deploy/scripts/background.sh logs $(service)

.PHONY: secrets
secrets: ## Generate every missing secret into .env and k8s/base/secrets.env; never overwrites
	@deploy/scripts/secrets.sh

.PHONY: images
images: ## Build the container images cryptoscreener/<service>:<version> (ONLY=api-gateway for one)
	@deploy/docker/images.sh build

.PHONY: probe-compose
probe-compose: ## Start docker-compose.yml with a project of its own, go the way of the installation guide, remove it (TLS=1; LOCAL_BASES=1 without a registry)
	@deploy/docker/probe-compose.sh

.PHONY: probe-all
probe-all: ## Build all images and probe them and the compose stack, where a Docker engine answers: what .ci/run does
	@CI_IMAGES=1 deploy/docker/probe-all.sh

.PHONY: images-load
images-load: ## Load the images into the current kind, k3d or minikube cluster
	@deploy/docker/images.sh load

.PHONY: backup
backup: ## Back up database, streams and Redis (where: PGHOST … NATS_URL REDIS; see docs/backup.md)
	@deploy/scripts/with-stack.sh backup.sh

.PHONY: backup-verify
backup-verify: ## Read the newest backup as a restore would (ARCHIVE=… for another)
	@deploy/scripts/with-stack.sh backup.sh --verify $(ARCHIVE)

.PHONY: restore
restore: ## Put a backup back over everything (RESTORE=yes; ARCHIVE=… for another than the newest); stop the workers first
	@deploy/scripts/with-stack.sh restore.sh $(ARCHIVE)

.PHONY: rehearse-restore
rehearse-restore: ## Restore the newest backup's database beside the real one, and remove it again
	@deploy/scripts/with-stack.sh rehearse-restore.sh $(ARCHIVE)

.PHONY: rotate-credentials
rotate-credentials: ## New passwords for database, NATS and Redis (ONLY="database nats redis"; docs/SECURITY.md)
	@deploy/scripts/rotate-credentials.sh $(ONLY)

.PHONY: prod-check
prod-check: ## Look at what runs in ten stages; fails with the remedy (stage="3 5" for some; addresses: deploy/scripts/lib/stack.sh)
	@deploy/scripts/prod-check.sh $(stage)

.PHONY: prod-optimize
prod-optimize: ## Show the sizes in .env that fit this machine; APPLY=yes changes them
	@deploy/scripts/prod-optimize.sh

.PHONY: monitoring-setup monitoring-start monitoring-stop monitoring-status
monitoring-setup: ## Write and check the configurations of Prometheus and Alertmanager for what runs
	@deploy/scripts/monitoring.sh setup
monitoring-start: ## Start both (compose: with Grafana and exporters)
	@deploy/scripts/monitoring.sh start
monitoring-stop: ## Stop them
	@deploy/scripts/monitoring.sh stop
monitoring-status: ## Targets, rules, alerts, notifications
	@deploy/scripts/monitoring.sh status

METRICS = metrics-data-collector metrics-metrics-calculator metrics-alert-engine metrics-api-gateway
.PHONY: metrics-service $(METRICS)
metrics-service: ## What a service tells Prometheus: make metrics-alert-engine (grep=latency for some of it)
	@echo "Name one: make $(METRICS)" && false
$(METRICS): metrics-%:
	@deploy/scripts/metrics.sh $* $(grep)

.PHONY: alerts-list
alerts-list: ## The alerts about the system that fire now
	@deploy/scripts/alerts-list.sh

.PHONY: diag-full diag-errors diag-performance
diag-full: ## Everything that a second look needs, in one archive without secrets
	@deploy/scripts/diag.sh full
diag-errors: ## Errors in logs and counters, alerts
	@deploy/scripts/diag.sh errors
diag-performance: ## Rates, latencies by stage, processors, memory, lag, database
	@deploy/scripts/diag.sh performance

.PHONY: profile
profile: ## Where the processor time goes, by process and by what it does, over SECONDS=20 of whatever runs (perf, root)
	@deploy/scripts/profile.sh $(or $(SECONDS),20)

.PHONY: capacity
capacity: ## Measure what an instrument, an update, a rule evaluation and a socket cost in what runs now (docs/CAPACITY.md)
	@deploy/scripts/capacity.sh
