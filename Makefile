# make run     the sample mailbox, from mail to reply (installs what it needs, builds, runs)
# make test    every test, with the servers it needs
# make lint    formatting
# make soak    what takes too long for every day: 200 kills over 100 messages
# make fuzz    random damage to expressions and workbooks, ten minutes each (SECONDS=60 SEED=1)
# make bench   throughput, judging, 21,600 submissions, the console beside 100,000 files; beside peers (python-calamine,
#              pyxform with elementpath, and frictionless are used where they are there)
# make deb     a Debian package with the program, the forms and the systemd services, into build/
# make screenshots  a walk through the console in Debian's chromium, with pictures into docs/console (after `make run`)

CONFIG ?= release
BUILD = .build/$(CONFIG)

.PHONY: run test build lint soak fuzz bench screenshots deb clean

run: deps-run build
	Scripts/sample-run $(BUILD)/formpost

test: deps-test
	Scripts/test

build:
	swift build --configuration $(CONFIG) --product formpost

lint:
	swift format lint --strict --recursive --configuration .swift-format Package.swift Sources Tests

soak: deps-test
	Scripts/soak

fuzz: deps-run
	Scripts/fuzz

bench: deps-bench build
	Benchmarks/run $(BUILD)/formpost
	FORMPOST_BENCH=1 swift build --configuration release --scratch-path .build-bench --product judging
	Benchmarks/judging .build-bench/release/judging
	Benchmarks/scale $(BUILD)/formpost
	Benchmarks/console $(BUILD)/formpost

screenshots: build
	Scripts/screenshots $(BUILD)/formpost

deb: deps-run
	Scripts/make-deb

deps-%:
	@Scripts/install-deps $*

clean:
	rm -rf .build .build-bench .build-fuzz build var
