package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The vocabulary of the command line: a flag means the same in every command
// that has it, because every command takes it from here.

// programmeFlags are the programme of a command and what is put on top of it.
type programmeFlags struct {
	Programme string `arg:"" help:"A name in the library, or a YAML file."`
	onTop
}

// onTop is what is put on top of every version that a command runs.
type onTop struct {
	With []string `help:"A variant, a stress or a driver with an amount to put on top of every case; may be repeated." placeholder:"NAME" sep:"none"`
	Set  []string `help:"An input to change in every case: = sets, *= multiplies, += adds, as in --set 'cohorts.*.lag=13', 'contract cap*=0.9' or 'end+=7 months'; may be repeated." placeholder:"PATH=VALUE" sep:"none"`
}

// oneCase is the case of a command that works on one version.
type oneCase struct {
	Case string `help:"The case; variants, stresses and edits may follow it, as in 'medium + flat tariffs'. Default: the first in the file." placeholder:"CASE"`
}

// manyCases are the cases of a command that sets versions side by side.
type manyCases struct {
	Cases string `aliases:"case" help:"The cases, separated by commas; variants, stresses and edits may follow each, as in 'medium,medium + flat tariffs'. Default: those that the file compares. --case means the same." placeholder:"CASE,..."`
}

// simulationFlags are those of every command that runs replications. What was not
// given is nil or 0, so that a command can refuse what it does not use.
type simulationFlags struct {
	Replications replications `short:"n" help:"Replications of each run. Default: ${replications}." placeholder:"N"`
	Seed         *seed        `help:"Where random numbers start from: the same seed gives the same figures. Default: 1." placeholder:"N"`
	Workers      workers      `help:"Replications at a time; this changes how long a run takes and no figure. Default: one for each core." placeholder:"N"`
	priceFlags
	FixedRates bool          `help:"Leave what is uncertain at its stated value: ranges and probabilities are then chance alone, at these rates."`
	Engine     *lives.Engine `help:"How lives are simulated: jump, or walk or plain, which are slower and are there to check it. Default: jump." placeholder:"ENGINE"`
}

// untilFlag is that of commands that show means over the replications.
type untilFlag struct {
	Until *howExact `help:"Run until the Monte Carlo error (one standard error) of the mean net public saving and outcome payments is at most a share of the mean or an amount, as in 1% or £10,000. -n is then the most replications; default: 100,000, or what fits into memory." placeholder:"1%"`
}

// until are options that stop by the error of the means of some measures, if that was
// asked for.
func (e *howExact) until(o montecarlo.Options, measures ...string) montecarlo.Options {
	if e != nil {
		o.Until = &montecarlo.Until{Share: e.share, Amount: e.amount, Measures: measures}
	}
	return o
}

// inCurrency refuses an amount in another currency than a programme's.
func (e *howExact) inCurrency(p *model.Programme) error {
	if e == nil {
		return nil
	}
	return inCurrency(p, e.currency)
}

// options are the run's options; progress is shown on a terminal only. The
// library chooses the number of replications if none was given.
func (f *simulationFlags) options(to *streams) montecarlo.Options {
	o := montecarlo.Options{Seed: 1, Prices: f.Prices.kind, Replications: int(f.Replications), Workers: int(f.Workers), FixedRates: f.FixedRates}
	if f.Seed != nil {
		o.Seed = uint64(*f.Seed)
	}
	if f.Engine != nil {
		o.Engine = *f.Engine
	}
	if to.terminal {
		o.Progress = progressTo(to)
	}
	return o
}

// conditionedFlag is that of commands that run cases as the file has them.
type conditionedFlag struct {
	Unconditioned bool `help:"Draw the inputs of every case from the ranges of the file, also where the file holds the draws of a case to what was paid."`
}

// hold are the options of a run of versions that are shown together. Where one of them
// changes what the draws of its case depend on, all are drawn from the ranges of the file,
// so that they can be compared.
func (f *conditionedFlag) hold(o montecarlo.Options, versions ...*scenario.Version) montecarlo.Options {
	o.Unconditioned = f.Unconditioned || slices.ContainsFunc(versions, func(v *scenario.Version) bool { return v.LawsAlone })
	return o
}

// checkHeld refuses --unconditioned where no draws are held to anything.
func (f *conditionedFlag) checkHeld(fixedRates bool, versions ...*scenario.Version) error {
	switch held := slices.ContainsFunc(versions, func(v *scenario.Version) bool { return v.Programme.Conditioned != nil }); {
	case !f.Unconditioned || held && !fixedRates:
		return nil
	case held:
		return misused("--unconditioned: at fixed rates nothing is drawn: leave one of the two out")
	}
	return misused("--unconditioned: no draws are held to what was paid here: leave it out")
}

// checkRates refuses --fixed-rates where nothing is uncertain.
func (f *simulationFlags) checkRates(versions ...*scenario.Version) error {
	if !f.FixedRates || len(versions) == 0 {
		return nil
	}
	for _, v := range versions {
		if len(v.Programme.Uncertain) > 0 {
			return nil
		}
	}
	return misused("--fixed-rates: no input of %s has a range here, so that all its rates are fixed already: leave it out", versions[0].Programme.Name)
}

// clampWorkers takes no more workers than there are cores, which would be no faster.
func (f *simulationFlags) clampWorkers(to *streams) {
	if cores := runtime.GOMAXPROCS(0); int(f.Workers) > cores {
		fmt.Fprintf(to.err, "--workers %d: %d are used, because more than there are cores are no faster\n", f.Workers, cores)
		f.Workers = workers(cores)
	}
}

// outputFlags are those of every command that prints tables; see output.go.
type outputFlags struct {
	Format report.Format `short:"f" help:"How to write the tables: table (plain text), markdown, csv or json. Default: what the extension of -o says, otherwise table." placeholder:"FORMAT"`
	Output string        `short:"o" help:"The file to write the tables to, in the format of its extension: .txt, .md, .csv or .json; CSV opens in Excel as it is. Default: print them." placeholder:"FILE"`
	file   *outFile      // of that name; nil to print
	// shown are the versions that the tables are about: see editions.go.
	shown []*scenario.Version
}

// forPeople reports whether tables are to be printed that people read, which need
// no series.
func (f *outputFlags) forPeople() bool {
	return f.Format == report.Terminal || f.Format == report.Markdown
}

// write writes the tables of a page. Where there is a result of the library, JSON
// is that result.
func (f *outputFlags) write(to *streams, result any, tables ...report.Table) error {
	return f.writeWith(to, report.Options{}, result, tables...)
}

// writeWith writes the tables with options other than the width.
func (f *outputFlags) writeWith(to *streams, o report.Options, result any, tables ...report.Table) error {
	var text bytes.Buffer
	if f.Format == report.JSON && result != nil {
		if err := writeJSON(&text, result); err != nil {
			return err
		}
		if len(tables) > 0 { // the sign of the currency, as in the tables
			return f.deliver(to, []byte(words.In(tables[0].Currency, text.String())))
		}
		return f.deliver(to, text.Bytes())
	}
	if f.Output == "" {
		o.Width = to.width
	}
	if err := report.Write(&text, f.Format, o, f.dated(tables, to.today())...); err != nil {
		return err
	}
	return f.deliver(to, text.Bytes())
}

// wideFlags are those of commands whose tables have columns of detail.
type wideFlags struct {
	outputFlags
	Wide bool `help:"Show the columns of detail too."`
}

// check refuses --wide where it would do nothing.
func (f *wideFlags) check() error {
	if f.forPeople() {
		return nil
	}
	if f.Wide {
		return misused("--wide is for tables that people read: %s has every column, so leave it out", f.Format)
	}
	return nil
}

// write writes the tables, with the columns of detail if they are asked for.
func (f *wideFlags) write(to *streams, result any, tables ...report.Table) error {
	return f.writeWith(to, report.Options{Wide: f.Wide}, result, tables...)
}

// writeJSON writes a result. Amounts of money that are kept as decimals are written
// as numbers, to the digit, like every other figure: a program that adds figures up
// need not know which of them somebody stated and which were worked out. Reading takes
// both.
func writeJSON(to io.Writer, v any) error {
	before := decimal.MarshalJSONWithoutQuotes
	decimal.MarshalJSONWithoutQuotes = true
	defer func() { decimal.MarshalJSONWithoutQuotes = before }()
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(v); err != nil {
		return err
	}
	_, err := to.Write(words.PrintableJSON(b.Bytes()))
	return err
}
