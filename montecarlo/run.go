package montecarlo

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Options say how to run a programme. The zero value is 10,000 replications
// from seed 0 on all cores with the jump engine.
type Options struct {
	Seed         uint64       // the only source of randomness
	Replications int          // 0 means 10,000
	Workers      int          // 0 means one per core; never changes a result
	Engine       lives.Engine // how lives are lived
	Quantiles    []float64    // between 0 and 1; nil means 5, 25, 50, 75 and 95%
	// TotalsOnly leaves the series by quarter and financial year out, which
	// saves time and memory.
	TotalsOnly bool
	// Keep keeps every replication's tally, about 10 kB each for DN2, so that
	// the result can be repriced without running again.
	Keep bool
	// MemoryLimit is how many bytes the values of all replications may take, 8
	// for each value; 0 means 2 GiB. Up to it every value is kept and
	// quantiles are exact order statistics. Beyond it (and 4,096
	// replications) no value is kept: means and standard deviations stay as
	// they are, quantiles are read from histograms of 4,096 bins and say how
	// exact they are, and cases cannot be compared replication by
	// replication. It then takes about 48 kB for each value.
	MemoryLimit int64
	// Progress, if set, is told how many replications are done, from one
	// goroutine at a time.
	Progress func(done, total int)
}

// DefaultReplications is what Options.Replications 0 stands for.
const DefaultReplications = 10_000

// maxReplications bounds what a result may ask of memory.
const maxReplications = 10_000_000

// defaultQuantiles is what Options.Quantiles nil stands for.
func defaultQuantiles() []float64 { return []float64{0.05, 0.25, 0.50, 0.75, 0.95} }

func (o Options) withDefaults() (Options, error) {
	if o.Replications == 0 {
		o.Replications = DefaultReplications
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Quantiles == nil {
		o.Quantiles = defaultQuantiles()
	}
	if o.MemoryLimit == 0 {
		o.MemoryLimit = DefaultMemoryLimit
	}
	var faults []error
	if o.MemoryLimit < 0 {
		faults = append(faults, fmt.Errorf("memory limit of %d bytes: it must be at least 1, or 0 for 2 GiB", o.MemoryLimit))
	}
	if o.Replications < 1 || o.Replications > maxReplications {
		faults = append(faults, fmt.Errorf("%d replications: there must be from 1 to %d", o.Replications, maxReplications))
	}
	if o.Workers < 1 {
		faults = append(faults, fmt.Errorf("%d workers: there must be at least 1, or 0 for one per core", o.Workers))
	}
	if o.Engine < lives.Jump || o.Engine > lives.Plain {
		faults = append(faults, fmt.Errorf("there is no engine %d", int(o.Engine)))
	}
	for _, q := range o.Quantiles {
		if !(q > 0 && q < 1) {
			faults = append(faults, fmt.Errorf("quantile %v: it must lie between 0 and 1", q))
		}
	}
	return o, errors.Join(faults...)
}

// Run runs a version of a programme: every replication lives every child's life
// with and without the programme, with common random numbers, and prices it.
//
// An invalid programme gives the error of its Validate. If the context ends
// first, the result holds the replications that were done in order, marked
// incomplete, and the error wraps the context's; without any there is no result.
func Run(ctx context.Context, v *scenario.Version, o Options) (*Result, error) {
	r, err := prepare(v, o)
	if err != nil {
		return nil, err
	}
	worker, err := r.simulate()
	if err != nil {
		return nil, err
	}
	return r.run(ctx, worker)
}

// runner is a run in progress.
type runner struct {
	options     Options
	version     *scenario.Version
	expectation *expect.Expectation
	pricer      *contract.Pricer
	central     *contract.Ledger
	cash        *finance.Cash    // nil without delivery terms
	account     *finance.Account // of the central projection
	sheet       *sheet
	columns     []column
	centre      []float64   // the central projection, by column
	from, to    int         // the replications that are to be run
	first       int         // the replication that values begin with
	values      []float64   // replication × column
	condensed   []histogram // by value, where values are not kept
	kept        [][]byte    // tallies, if they are kept
}

// prepare works out everything about a run that is not random, and makes room
// for what is.
func prepare(v *scenario.Version, o Options) (*runner, error) {
	r, err := plan(v, o)
	if err != nil {
		return nil, err
	}
	if o.Keep {
		r.kept = make([][]byte, r.options.Replications)
	}
	return r, r.makeRoom()
}

// plan works out everything about a run that is not random.
func plan(v *scenario.Version, o Options) (*runner, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, errors.New("there is no version to run: make one with Document.Version")
	}
	p := v.Programme
	e, err := expect.Of(p)
	if err != nil {
		return nil, err
	}
	pricer, err := p.Pricer()
	if err != nil {
		return nil, err
	}
	r := &runner{options: o, to: o.Replications, version: v, expectation: e, pricer: pricer, central: pricer.NewLedger()}
	contract.Price(pricer, e.Counts, r.central)
	r.sheet = newSheet(p, r.central.Payers, o.TotalsOnly)
	if p.Delivery != nil {
		if r.cash, err = finance.NewCash(p); err != nil {
			return nil, err
		}
	}
	f := newFigures(r.sheet, r.cash)
	fill(r.sheet, e.Counts, r.central, f)
	r.columns, r.centre, r.account = f.columns, f.values, f.account
	return r, nil
}

// block is how many replications a worker takes at a time.
const block = 16

// run counts, prices and summarises: all replications at once, or as many at a
// time as there is room for.
func (r *runner) run(ctx context.Context, worker func() func(int) *contract.Tally) (*Result, error) {
	complete, stopped := 0, false
	for complete < r.to && !stopped {
		from, to := complete, r.room()
		complete = r.live(ctx, worker, from, to)
		stopped = complete < to
		r.condense(complete - from)
	}
	if !stopped {
		return r.summarise(complete), nil
	}
	err := fmt.Errorf("stopped after %d of %d replications: %w", complete, r.to, context.Cause(ctx))
	if complete == 0 {
		return nil, err
	}
	return r.summarise(complete), err
}

// live counts and prices replications, and returns up to which all are done.
// Each writes to a place of its own, so that neither the number of workers nor
// their pace matters.
func (r *runner) live(ctx context.Context, worker func() func(int) *contract.Tally, from, total int) int {
	var next atomic.Int64
	next.Store(int64(from))
	var working sync.WaitGroup
	done := make(chan [2]int)
	for range min(r.options.Workers, (total-from+block-1)/block) {
		working.Go(func() {
			count, price := worker(), r.newPrice()
			for {
				from := int(next.Add(block)) - block
				if from >= total || ctx.Err() != nil {
					return
				}
				to := min(from+block, total)
				for i := from; i < to; i++ {
					price(i, count(i))
				}
				done <- [2]int{from, to}
			}
		})
	}
	go func() { working.Wait(); close(done) }()
	return r.follow(done, from)
}

// follow reports progress and returns up to which replication all are done.
func (r *runner) follow(done <-chan [2]int, from int) (complete int) {
	complete, count := from, from-r.from
	pending := map[int]int{}
	for b := range done {
		pending[b[0]] = b[1]
		for to, ok := pending[complete]; ok; to, ok = pending[complete] {
			delete(pending, complete)
			complete = to
		}
		count += b[1] - b[0]
		if r.options.Progress != nil {
			r.options.Progress(count, r.to-r.from)
		}
	}
	return complete
}

// newPrice returns a function that prices one replication's tally into its row
// of values, with working space of its own.
func (r *runner) newPrice() func(int, *contract.Tally) {
	pricer := r.pricer.Clone()
	ledger := pricer.NewLedger()
	f := newFigures(r.sheet, r.cash)
	f.named = true
	width := len(r.centre)
	return func(replication int, tally *contract.Tally) {
		contract.Price(pricer, tally, ledger)
		at := (replication - r.first) * width
		f.values = r.values[at : at : at+width]
		fill(r.sheet, tally, ledger, f)
		if r.kept != nil {
			r.kept[replication] = pack(tally)
		}
	}
}
