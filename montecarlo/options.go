package montecarlo

import (
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// Options say how to run a programme. The zero value is 10,000 replications
// from seed 0 on all cores with the jump engine.
type Options struct {
	Seed         uint64       // the only source of randomness
	Replications int          // 0 means 10,000; with Until they are the most
	Workers      int          // 0 means one per core, and 1,024 are the most; never changes a result
	Engine       lives.Engine // how lives are simulated
	// Prices is what every amount and rate of the result is in: constant prices, or
	// cash where the programme states inflation.
	Prices    contract.Prices
	Quantiles []float64 // between 0 and 1, at most 200; nil means 5, 25, 50, 75 and 95%
	// FixedRates leaves what is uncertain at its stated value: ranges and chances
	// then come from children's lives alone.
	FixedRates bool
	// Unconditioned draws every uncertain input from its law, also where the version
	// holds some to what was paid (see [model.Conditioned]).
	Unconditioned bool
	// Undivided leaves out how much of each total's spread is rates and how much is
	// chance alone, which takes a second life of every child in the first 1,000
	// replications.
	Undivided bool
	// Unwarned leaves out the warnings about the version, which look at all that it has:
	// for a run of many of which a few figures are read. That a run was stopped is said
	// all the same.
	Unwarned bool
	// Common is what the draws have in common with those of other runs, such as of
	// other programmes of one fund; nil for nothing.
	Common *Common
	// DailyCash keeps receipts and cost of delivery of every day of every replication,
	// for [Result.Paths], where the programme has delivery terms.
	DailyCash bool
	// TotalsOnly leaves series out, which saves time and memory: all but the cash
	// of delivery and capital by financial year.
	TotalsOnly bool
	// Keep keeps every replication's tally, about 15 kB each for DN2, so that
	// the result can be repriced without running again.
	Keep bool
	// MemoryLimit is how many bytes the values of all replications may take, counted
	// as 8 for each value; 0 means 2 GiB. Most values are whole numbers and take 4.
	// Up to it every value is kept and quantiles are exact order statistics. Beyond it (and 4,096
	// replications) no value is kept: means and standard deviations stay as
	// they are, quantiles are read from histograms of 4,096 bins and say how
	// exact they are, and cases cannot be compared replication by
	// replication. It then takes about 48 kB for each value.
	MemoryLimit int64
	// AllValues asks for the value of every replication, as figures that are paired
	// need them: where they do not fit into MemoryLimit there is an error before
	// anything is run, and no histogram.
	AllValues bool
	// Until, if set, runs more and more replications until means are known so well,
	// and no more than Replications; 0 then means 100,000, or as many as fit into
	// MemoryLimit, because every value is kept. The figures are those of a run of as
	// many replications, and [Result.Stopping] says how well the means are known.
	// Versions that [Compare] runs have the same number. Shards cannot have it.
	Until *Until
	// Progress, if set, is told how many replications are done, from one
	// goroutine at a time.
	Progress func(done, total int)
}

// defaultReplications is what Options.Replications 0 stands for.
const defaultReplications = 10_000

// maxReplications bounds what a result may ask of memory.
const maxReplications = 10_000_000

// mostWorkers are the most replications at a time: each needs room of its own.
const mostWorkers = 1024

// maxQuantiles bounds what the figures of a result take of memory: with series, a
// few megabytes for each quantile.
const maxQuantiles = 200

// defaultQuantiles is what Options.Quantiles nil stands for.
func defaultQuantiles() []float64 { return []float64{0.05, 0.25, 0.50, 0.75, 0.95} }

// defaultMemoryLimit is what Options.MemoryLimit 0 stands for: 2 GiB.
const defaultMemoryLimit = 2 << 30

func (o Options) withDefaults() (Options, error) {
	if o.Replications == 0 {
		o.Replications = defaultReplications
		if o.Until != nil {
			o.Replications = mostUntil
		}
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	o.Workers = min(o.Workers, mostWorkers)
	o.Quantiles = slices.Clone(o.Quantiles)
	if o.Quantiles == nil {
		o.Quantiles = defaultQuantiles()
	}
	if o.MemoryLimit == 0 {
		o.MemoryLimit = defaultMemoryLimit
	}
	var faults []error
	if o.Until != nil {
		until := *o.Until
		if until.Measures = slices.Clone(until.Measures); len(until.Measures) == 0 {
			until.Measures = []string{NetPublic, Payments}
		}
		o.Until = &until
		if err := until.check(o.Replications); err != nil {
			faults = append(faults, err)
		}
	}
	if o.MemoryLimit < 0 {
		faults = append(faults, fmt.Errorf("memory limit of %d bytes: it must be at least 1, or 0 for 2 GiB", o.MemoryLimit))
	}
	faults = append(faults, o.Common.check())
	if o.Replications < 1 || o.Replications > maxReplications {
		faults = append(faults, fmt.Errorf("%d replications: there must be from 1 to %s", o.Replications, words.Count(maxReplications)))
	}
	if o.Workers < 1 {
		faults = append(faults, fmt.Errorf("%d workers: there must be at least 1, or 0 for one per core", o.Workers))
	}
	if o.Engine < lives.Jump || o.Engine > lives.Plain {
		faults = append(faults, fmt.Errorf("there is no engine %d", int(o.Engine)))
	}
	if len(o.Quantiles) > maxQuantiles {
		faults = append(faults, fmt.Errorf("%d quantiles: there can be at most %d, because every figure has each of them", len(o.Quantiles), maxQuantiles))
		return o, errors.Join(faults...)
	}
	for _, q := range o.Quantiles {
		if !(q > 0 && q < 1) {
			faults = append(faults, fmt.Errorf("quantile %v: it must lie between 0 and 1", q))
		}
	}
	return o, errors.Join(faults...)
}
