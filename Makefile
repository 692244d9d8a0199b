# The diagram of the project: texts -> evidence -> executed notebooks -> report.
#
#   make report                                 the report of the evidence that ships with the project
#   make report TEXTS=dir                       the same with your texts added; quotations are shown
#   make report PLACES="jiaxing changzhou" EDITION=zh

# What a user writes is taken as it stands: nothing in it is expanded or run, and $(call q,...) quotes it for the shell.
SETTINGS := TEXTS EVIDENCE PLACES EDITION ONLY SCHEDULER SHEETS CODER BASE BLIND TEXT PORT HOST CODEBOOK
GIVEN    := $(foreach v,$(SETTINGS),$(if $(filter undefined,$(origin $(v))),,$(v)))
$(foreach v,$(GIVEN),$(eval override $(v) := $$(value $(v))))
MAKEOVERRIDES :=
export $(GIVEN)
define NEWLINE


endef
q = '$(subst ','\'',$(1))'
expect = $(if $(1),$(error $(2)))

PYTHON   ?= python3
OWN      := $(filter-out $(addprefix data/texts/,README.md sources.csv places.csv),$(wildcard data/texts/*.*))
TEXTS    ?= $(if $(OWN),data/texts)
EVIDENCE ?= $(if $(TEXTS),build/evidence,data/evidence)
CODEBOOK ?= data/codebook
PLACES   ?=
EDITION  ?= en
ONLY     ?= $(if $(filter-out data/codebook,$(CODEBOOK)),1)
SCHEDULER ?=
SHEETS   ?=
CODER    ?= coder
PORT     ?= 8888
HOST     ?= localhost
BASE     ?=
BLIND    ?=
PART     ?=

SMALL := texts evidence places edition only scheduler sheets coder base blind text port host codebook python
$(foreach v,$(SMALL),$(if $(filter command,$(origin $(v))),$(error $(v)=$(value $(v)); settings are written in capitals: $(shell echo $(v) | tr a-z A-Z)=$(value $(v)))))
$(if $(filter en zh,$(EDITION)),,$(error EDITION=$(EDITION); expected en or zh))
$(foreach v,$(GIVEN),$(call expect,$(findstring $(NEWLINE),$($(v))),$(v) holds a line's end; expected one line))
ODD := ' " ` $$ \# : ; % * ? [ ] ~ \ ( ) { } & | < > ! =
folder = $(call expect,$(or $(word 2,$($(1))),$(filter -%,$($(1))),$(strip $(foreach c,$(ODD),$(findstring $(c),$($(1)))))),$(1)=$($(1)); expected a folder whose name has no blanks or signs of the shell)
$(call folder,EVIDENCE)$(call folder,CODEBOOK)
$(call expect,$(if $(wildcard $(CODEBOOK)/practices.csv),,x),CODEBOOK=$(CODEBOOK); expected a folder with practices.csv and the other tables of data/codebook)
$(call expect,$(if $(filter data/codebook,$(CODEBOOK)),,$(if $(TEXTS),,x)),TEXTS is missing; expected the texts of this codebook: make report TEXTS=dir CODEBOOK=$(CODEBOOK))

VENV  := .venv
PY    := $(VENV)/bin/python
READY := $(VENV)/.ready
TESTED := $(VENV)/.ready-test
ED    := $(if $(filter zh,$(EDITION)),-zh)
HTML  := build/report$(ED).html
PDF   := build/report$(ED).pdf
XLSX  := build/tables$(ED).xlsx
DOCX  := build/report$(ED).docx
FIGURES := figures$(if $(ED),/zh)
EXECUTED := build/executed$(ED)
BOUND := build/bound$(ED)

READING   := $(wildcard lib/*.py lib/rules/*.py lib/reading/*.py lib/evidence/*.py lib/evidence/*/*.py)
RULES     := $(wildcard $(CODEBOOK)/*.csv data/codebook/*.csv data/lexicon/*.csv data/lexicon/rules/*.csv) data/limits.csv data/tables.csv data/columns.csv data/sources.csv data/places.csv data/review.csv
REPORTING := $(wildcard lib/*.py lib/comparison/*.py lib/comparison/*/*.py lib/report/*/*.py) lib/evidence/dataset/tables.py
FACTS     := $(wildcard data/*.csv $(CODEBOOK)/*.csv data/codebook/*.csv data/lexicon/*.csv data/lexicon/rules/*.csv data/gold/*.csv data/benchmark/*.csv)
NOTEBOOKS := $(wildcard notebooks/[0-9]_*.ipynb)
SPOKEN    := $(if $(ED),$(wildcard locale/$(EDITION)/LC_MESSAGES/*.po))
BINDING   := $(wildcard lib/report/binding/*.py lib/report/show/*.py lib/report/binding/templates/*) CITATION.cff data/codebook/VERSION

# A changed setting, or a text that came or went, changes the content of these files and so what stands on them;
# targets that don't stand on them leave them alone.
ifneq ($(filter-out help install lab docs test check bench fuzz score register clean,$(MAKECMDGOALS)),)
# One make at a time: the next waits, as long as the one that holds build/.lock, a link to its number, is there.
LOCK = mkdir -p build 2>/dev/null; test -w build || { echo "build can't be written to; expected a folder that can"; exit; }; \
  until ln -s $$PPID build/.lock 2>/dev/null; do \
    holder=$$(readlink build/.lock); test "$$holder" != $$PPID || break; \
    if ps -o comm= -p "$$holder" 2>/dev/null | grep -q make; then \
      test -n "$$told" || { echo "another make (process $$holder) is at work in this folder; waiting for it" >&2; told=1; }; sleep 1; \
    else rm -f build/.lock; fi; done
$(if $(filter 0,$(MAKELEVEL)),$(if $(findstring n,$(filter-out --%,$(firstword -$(MAKEFLAGS)))),,$(if $(filter-out why explain,$(MAKECMDGOALS)),$(call expect,$(shell $(LOCK)),$(shell $(LOCK))))))
keep = $(call expect,$(if $(shell { mkdir -p build && printf '%s\n' $(2) > build/$(1).new && { cmp -s build/$(1).new build/$(1) || mv build/$(1).new build/$(1); }; } 2>/dev/null && rm -f build/$(1).new && echo kept),,x),build/$(1) can't be written; expected a folder that can be written to, with room)
$(call keep,report$(ED).settings,$(foreach v,EVIDENCE TEXTS PLACES EDITION CODEBOOK,$(call q,$($(v)))))
ifneq ($(TEXTS),)
$(call keep,texts.settings,$(call q,$(TEXTS)) $(call q,$(ONLY)) $(call q,$(CODEBOOK)) "$$(ls -lLn --full-time -- $(call q,$(TEXTS)) 2>&1 || ls -lLnT -- $(call q,$(TEXTS)) 2>&1)")
endif
endif

# A text that can't be read stops nothing, but the run ends with its line and non-zero.
READ = if test -e $(EVIDENCE)/unread.txt; then cat $(EVIDENCE)/unread.txt; exit 1; fi

.DELETE_ON_ERROR:
.PHONY: help install report word lab translate docs gallery test evidence register coding-sheet agreement review explain drift score check bench fuzz why clean

help:             ## what can be asked for
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 20
	@echo "settings: TEXTS=dir EVIDENCE=dir PLACES=\"id id\" EDITION=en|zh ONLY=1 CODER=name SHEETS=\"file file\" PORT=8888 HOST=localhost CODEBOOK=dir PYTHON=python3.12"

install: $(READY) ## the virtual environment, once

report: $(HTML) $(PDF) $(XLSX) ## build/report.html, build/report.pdf, build/tables.xlsx
	@echo "$(HTML)  $(PDF)  $(XLSX)"
	@$(READ)

word: $(HTML) $(DOCX) ## build/report.docx, its numbers linked into the HTML file beside it
	@echo "$(DOCX)"
	@$(READ)

evidence: $(EVIDENCE)/datapackage.json ## the dataset of the texts in TEXTS
	@$(READ)

register: $(READY) ## drafts sources.csv and places.csv beside the texts in TEXTS; what is there already stays
	@test -n $(call q,$(TEXTS)) || { echo "TEXTS is missing; expected: make register TEXTS=dir"; exit 1; }
	$(PY) -m lib register --texts=$(call q,$(TEXTS))

coding-sheet: $(EVIDENCE)/datapackage.json ## coding/CODER-DATE.xlsx and .qdpx for a human coder: CODER=name (BLIND=1: without the machine's codes)
	$(PY) -m lib coding-sheet --evidence $(EVIDENCE) --coder=$(call q,$(CODER)) $(if $(BLIND),--blind)

agreement: $(EVIDENCE)/datapackage.json ## agreement of coders with each other and with the machine: SHEETS="a.xlsx b.qdpx"
	@test -n $(call q,$(SHEETS)) || { echo 'SHEETS is missing; expected: make agreement SHEETS="a.xlsx b.qdpx" TEXTS=dir'; exit 1; }
	$(PY) -m lib agreement --evidence $(EVIDENCE) -- $(foreach s,$(SHEETS),$(call q,$(s)))

review: $(EVIDENCE)/datapackage.json ## coding/CODER-DATE-review.xlsx, the most doubtful codings first; SHEETS=that file, filled: into data/review.csv
	$(PY) -m lib review --evidence $(EVIDENCE) --coder=$(call q,$(CODER)) -- $(foreach s,$(SHEETS),$(call q,$(s)))

explain: $(READY) ## each sentence of one text with its rows and the rules that made them: TEXT=file (RULE=cue.x.1: what became of that cue)
	@test -n $(call q,$(TEXT)) || { echo "TEXT is missing; expected: make explain TEXT=file"; exit 1; }
	$(PY) -m lib explain $(if $(RULE),--rule=$(call q,$(RULE))) -- $(call q,$(TEXT))

drift: $(READY)   ## what an edit of the codebook changes: BASE=folder of the older one, TEXTS=dir
	@test -n $(call q,$(BASE)) && test -n $(call q,$(TEXTS)) || { echo 'BASE or TEXTS is missing; expected: make drift BASE=older/codebook TEXTS=dir'; exit 1; }
	$(PY) -m lib drift --texts=$(call q,$(TEXTS)) -- $(call q,$(BASE))

score: $(READY)   ## how well the extraction does on the articles of data/benchmark, which it was not made for (PART=test: the one kept aside)
	$(PY) -m lib score $(if $(PART),--parts $(PART))

lab: $(READY)     ## JupyterLab on copies of the notebooks in lab/ (EDITION=zh TEXTS=dir CODER=name PORT=8890 HOST=0.0.0.0)
	$(if $(TEXTS),$(MAKE) $(EVIDENCE)/datapackage.json)
	$(PY) -m lib notebooks --edition $(EDITION) --evidence $(call q,$(EVIDENCE)) $(if $(TEXTS),--texts build/texts) --places $(call q,$(PLACES)) --coder=$(call q,$(CODER))
	JUPYTER_CONFIG_PATH=$(call q,$(CURDIR)/lib/report/run) $(VENV)/bin/jupyter lab --allow-root --port=$(call q,$(PORT)) --ip=$(call q,$(HOST)) --ServerApp.root_dir=lab \
	  --LabApp.news_url=None --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.default_url=/lab/tree/$(EDITION)/explore.ipynb

translate: $(READY) ## brings locale/ up to date with notebooks, captions and library; says what is to be translated
	$(PY) -m lib translate

gallery: $(EXECUTED)/.stamp ## gallery/: each figure of the report once, with its caption, for readers of the repository
	$(PY) -m lib gallery --executed $(EXECUTED)

docs: $(TESTED)    ## build/docs/lib.html: the tables, and every public function of the library
	$(PY) -m pdoc --no-show-source --output-directory build/docs lib

# The tests call make themselves, as from a shell.
test: $(TESTED)    ## the tests
	env -u MAKELEVEL -u MAKEFLAGS -u MFLAGS $(PY) -m pytest

check: $(TESTED)   ## style, and whether the generated files are current
	$(PY) -m ruff check lib tests
	$(PY) -m ruff format --check lib tests
	$(PY) -m lib describe --check
	$(PY) -m lib translate --check

fuzz: $(TESTED)    ## inputs made by chance for readers, cleaning, numerals, engine, tables, workbooks, projects (SECONDS=600)
	$(PY) tests/test_fuzz.py $(or $(SECONDS),600)

bench: $(TESTED)   ## speeds as ratios, medians of one run
	$(PY) tests/bench.py

why:              ## what a report would rebuild, and because of which file
	@$(MAKE) --no-print-directory --dry-run --debug=basic report | sed -n -E "s/^ *(Prerequisite .* is newer than target .*)/\1/p; s/^ *(File .* does not exist)\./\1/p" | grep -v "File 'report'" | sort -u
	@test ! -x $(PY) -o ! -e $(EVIDENCE)/datapackage.json || $(PY) -m lib execute --why --evidence $(EVIDENCE) $(if $(TEXTS),--texts build/texts) \
	  --places=$(call q,$(PLACES)) --edition $(EDITION) --out $(EXECUTED) $(NOTEBOOKS) | sed -n "s/..*/executed again: &/p"

clean:            ## everything that was built; the virtual environment, coding/ and lab/ stay
	rm -rf build figures/*

# What is installed stands on what the files say, not on their time: a pull or a checkout that brings the same installs
# nothing, one that brings others only these.
pinned = $(shell test ! -d $(VENV) || cmp -s $(1) $(VENV)/$(1) || cp -p $(1) $(VENV)/)$(or $(wildcard $(VENV)/$(1)),$(1))
PIP = $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r

$(READY): $(call pinned,requirements.txt)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Python 3.11 or newer is needed: install it, then: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing: install it (Debian, Ubuntu: apt install python3-venv), then make again"; exit 1; }
	@test -e $@ || rm -rf $(VENV)
	@rm -f $@
	@test -x $(PY) || { echo "setting up $(VENV), once: some 150 packages, two to five minutes"; $(PYTHON) -m venv $(VENV); }
	$(PIP) requirements.txt
	@$(PY) -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_paths()["purelib"], "here.pth").write_text("$(CURDIR)\n")'
	@$(PY) -c 'from lib.report.show import fonts; fonts.bold()'
	@cp -p requirements.txt $(VENV)/
	@touch $@

$(TESTED): $(call pinned,requirements-test.txt) $(READY)
	$(PIP) requirements-test.txt
	@cp -p requirements-test.txt $(VENV)/
	@touch $@

ifneq ($(TEXTS),)
$(EVIDENCE)/datapackage.json: $(READY) build/texts.settings $(READING) $(RULES)
	$(PY) -m lib evidence --texts=$(call q,$(TEXTS)) --out $(EVIDENCE) $(if $(ONLY),--only) $(if $(SCHEDULER),--scheduler=$(call q,$(SCHEDULER))) || test $$? -eq 3
endif

$(EXECUTED)/.stamp: $(NOTEBOOKS) $(EVIDENCE)/datapackage.json $(REPORTING) $(FACTS) $(SPOKEN) build/report$(ED).settings $(READY)
	$(PY) -m lib execute --evidence $(EVIDENCE) $(if $(TEXTS),--texts build/texts) --places=$(call q,$(PLACES)) --edition $(EDITION) \
	  --out $(EXECUTED) $(NOTEBOOKS)
	@touch $@

# One process writes all outputs; one that is gone is written again.
$(HTML) $(PDF) $(XLSX): $(BOUND)
	@test -e $@ || { rm -f $(BOUND); $(MAKE) --no-print-directory $(BOUND); }

$(BOUND): $(EXECUTED)/.stamp $(BINDING)
	@touch $@.new
	$(PY) -m lib bind --edition $(EDITION) --executed $(EXECUTED) $(FIGURES) $(HTML) $(PDF) $(XLSX)
	@mv $@.new $@

$(DOCX): $(EXECUTED)/.stamp $(BINDING)
	$(PY) -m lib bind --edition $(EDITION) --executed $(EXECUTED) $@
	@touch $@
