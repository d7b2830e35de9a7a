package montecarlo

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/copies"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Run runs a version of a programme: every replication simulates every child with and without
// the programme, with common random numbers, and prices what was counted.
//
// An invalid programme gives the error of its Validate. If the context ends
// first, the error wraps the context's and the result, marked incomplete, holds
// the replications up to the first that was not done; it is nil if there are
// none.
func Run(ctx context.Context, v *scenario.Version, o Options) (*Result, error) {
	if ctx == nil {
		return nil, errNoContext
	}
	r, err := plan(v, o)
	if err != nil {
		return nil, err
	}
	if r.options.Until == nil {
		return r.start(ctx)
	}
	results, err := runUntil(ctx, []*runner{r}, func(int, int) {})
	if len(results) == 0 {
		return nil, err
	}
	return results[0], err
}

// start makes room for the replications, simulates them and says what they found.
func (r *runner) start(ctx context.Context) (*Result, error) {
	if err := r.makeRoom(); err != nil {
		return nil, err
	}
	tallies, err := r.simulate()
	if err != nil {
		return nil, err
	}
	return r.run(ctx, tallies)
}

var errNoContext = errors.New("there is no context: give context.Background() to a run that nothing stops")

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
	deciding    *deciding     // in constant prices; nil if all figures are
	centre      []float64     // the central projection, by column
	from, to    int           // the replications that are to be run
	first       int           // the replication that values begin with
	values      *recorded     // nil in a shard, whose rows are written as they are
	condensed   []histogram   // by value, where values are not kept
	kept        [][]byte      // tallies, if they are kept
	drawing     *drawing      // nil where nothing is uncertain, or the rates are fixed
	stated      *StatedInputs // in place of draws; nil for draws
	split       *split        // of the spread over draws and chance; nil without draws
	inputs      inputRanks    // what figures go with
	redrawn     atomic.Int64  // inputs that had to be drawn again
	failed      atomic.Pointer[error]
}

// prepare works out everything about a run that is not random, and makes room
// for what is.
func prepare(v *scenario.Version, o Options) (*runner, error) {
	r, err := plan(v, o)
	if err != nil {
		return nil, err
	}
	return r, r.makeRoom()
}

// plan works out everything about a run that is not random.
func plan(v *scenario.Version, o Options) (*runner, error) {
	asked := o.Replications
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	if v == nil || v.Programme == nil {
		return nil, errors.New("there is no version to run, or it has no programme: make one with Document.Version")
	}
	v = copies.Deep(v) // so that neither a caller nor another result changes this one
	p := v.Programme
	if err := statesPrices(p, o.Prices); err != nil {
		return nil, err
	}
	e, err := expect.Of(p)
	if err != nil {
		return nil, err
	}
	pricer, err := p.Pricer(o.Prices, e.Counts)
	if err != nil {
		return nil, err
	}
	r := &runner{options: o, to: o.Replications, version: v, expectation: e, pricer: pricer, central: pricer.NewLedger()}
	contract.Price(pricer, e.Counts, r.central)
	if err := r.prepareDraws(); err != nil {
		return nil, err
	}
	var days []calendar.Date
	if p.Delivery != nil {
		if r.cash, err = finance.NewCash(p, o.Prices); err != nil {
			return nil, err
		}
		days = r.cash.NewAccount().Days
	}
	r.sheet = newSheet(p, r.central.Payers, days, o)
	f := newFigures(r.sheet, r.cash)
	fill(r.sheet, e.Counts, r.central, f)
	if o.Prices != contract.Constant {
		if r.deciding, err = newDeciding(p, e.Counts, r.central.Payers, f); err != nil {
			return nil, err
		}
	}
	r.columns, r.centre, r.account = f.columns, f.values, f.account
	return r, r.limitUntil(asked)
}

// ErrNoInflation says that figures were asked for in cash prices, and that the
// programme states no inflation, without which there are none.
var ErrNoInflation = errors.New("figures in cash prices need general inflation, and the programme states none: write inflation, and a price base that names a financial year, at the top of its file")

func statesPrices(p *model.Programme, prices contract.Prices) error {
	if prices == contract.Cash && p.Inflation == 0 {
		return ErrNoInflation
	}
	return nil
}

// run counts, prices and summarises: all replications at once, or as many at a
// time as there is room for.
func (r *runner) run(ctx context.Context, tallies tallies) (*Result, error) {
	complete, stopped := 0, false
	r.split = r.newSplit(r.to)
	for complete < r.to && !stopped {
		from, to := complete, r.room()
		complete = r.replicate(ctx, tallies, from, to, r.record)
		stopped = complete < to
		r.condense(complete - from)
	}
	if err := r.failed.Load(); err != nil {
		return nil, *err
	}
	if !stopped {
		return r.summarise(complete), nil
	}
	return r.stoppedAfter(ctx, complete)
}

// tallies returns a function for one worker, which gives the tally of any
// replication until it is called again.
type tallies func() func(replication int) *contract.Tally

// simulate is the tallies of simulated replications; nil where each replication has
// rates of its own, and so tables of its own.
func (r *runner) simulate() (tallies, error) {
	if r.drawing != nil {
		return nil, nil
	}
	tables, err := lives.NewTables(r.version.Programme)
	if err != nil {
		return nil, err
	}
	return func() func(int) *contract.Tally {
		simulator := tables.Simulator(r.options.Engine)
		return func(replication int) *contract.Tally {
			return simulator.Replicate(r.options.Seed, replication)
		}
	}, nil
}

// block is how many replications a worker takes at a time.
const block = 16

// replicate counts and prices replications, and returns up to which all are done.
// It hands on the values of some at a time with the number of the first of them, row
// by row, on several workers at once. Each has a place of its own, so that neither the
// number of workers nor their pace matters. No worker is left when it returns, or when
// Progress panics.
func (r *runner) replicate(ctx context.Context, tallies tallies, from, total int, take func(first int, rows []float64)) int {
	ctx, stop := context.WithCancel(ctx)
	var next atomic.Int64
	next.Store(int64(from))
	var working sync.WaitGroup
	done := make(chan [2]int)
	for range min(r.options.Workers, (total-from+block-1)/block) {
		working.Go(func() {
			do, width := r.worker(tallies), len(r.centre)
			rows := make([]float64, block*width)
			for {
				from := int(next.Add(block)) - block
				if from >= total || ctx.Err() != nil {
					return
				}
				to := min(from+block, total)
				i := from
				for ; i < to && ctx.Err() == nil && r.failed.Load() == nil; i++ {
					if err := do(i, rows[(i-from)*width:][:width]); err != nil {
						r.failed.CompareAndSwap(nil, &err)
						return
					}
				}
				if i < to {
					return // stopped within the block
				}
				take(from, rows[:(to-from)*width])
				done <- [2]int{from, to}
			}
		})
	}
	go func() { working.Wait(); close(done) }()
	defer func() {
		stop()
		for range done { // until the workers have stopped
		}
	}()
	return r.follow(done, from)
}

// record keeps the values of some replications, of which the first has a number.
func (r *runner) record(first int, rows []float64) { r.values.put(first-r.first, rows) }

// worker returns a function that counts and prices one replication into a row of
// values, with working space of its own.
func (r *runner) worker(tallies tallies) func(replication int, row []float64) error {
	if r.stated != nil {
		return r.livedAt()
	}
	if r.drawing != nil {
		return r.drawn(tallies)
	}
	count, price := tallies(), r.newPrice()
	return func(replication int, row []float64) error {
		price(replication, count(replication), row)
		return nil
	}
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

// newPrice returns a function that prices one replication's tally into a row of
// values, with working space of its own.
func (r *runner) newPrice() func(replication int, tally *contract.Tally, row []float64) {
	pricer, deciding := r.pricer.Clone(), r.deciding.clone()
	ledger := pricer.NewLedger()
	f := newFigures(r.sheet, r.cash)
	f.named = true
	return func(replication int, tally *contract.Tally, row []float64) {
		contract.Price(pricer, tally, ledger)
		f.values = row[:0:len(row)]
		fill(r.sheet, tally, ledger, f)
		fillDeciding(deciding, tally, f)
		if r.kept != nil {
			r.kept[replication] = pack(tally)
		}
	}
}
