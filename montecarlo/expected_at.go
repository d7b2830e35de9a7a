package montecarlo

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// InputDraws are values of a version's uncertain inputs under which figures are wanted.
type InputDraws struct {
	// Values are input × draw, as [Result.InputValues] has them: the inputs in the order of
	// [scenario.Drawer.Inputs].
	Values [][]float64
	// Lives is how many replications of all children's lives are lived under each draw,
	// for figures without an exact expectation; 0 means 16.
	Lives int
	// First is the number of the replication, from 0, whose lives come first under each
	// draw. Nil means 0: the same lives under every draw, which are common random numbers.
	First []int
}

// defaultLives is what InputDraws.Lives 0 stands for.
const defaultLives = 16

// ExpectedFigures are figures in expectation over children's lives, under each of several
// draws of the uncertain inputs.
type ExpectedFigures struct {
	Keys []Key
	// Exact says by key whether the expectation is worked out exactly. Where a rule about
	// all children together lies between weeks and the figure, it is the mean over Lives
	// replications; where that is a cap alone, of how far the cap takes each replication
	// from its figure without caps, whose expectation is exact (a control variate).
	Exact []bool
	Lives int
	// Values are key × draw, with amounts in £, and Variance is that of each value as an
	// estimate: 0 where it is exact, and NaN where there is one life alone.
	Values, Variance [][]float64
	// Impossible are the draws that cannot be, such as one under which moves add up to
	// more than 1. Their values are NaN. A run draws them once more.
	Impossible []int
}

// ExpectedAt works out figures of a version at stated values of its uncertain inputs, in
// expectation over children's lives: exactly where the figure is linear in weeks, which
// takes some tens of microseconds a draw, and otherwise as a mean over some lives. The
// measures must be totals that are not ratios. Of the options, Seed, Workers, Engine and
// Prices count. The error says which key or which row of values is wrong, and is the
// context's if that ends first.
func ExpectedAt(ctx context.Context, v *scenario.Version, keys []Key, draws InputDraws, o Options) (*ExpectedFigures, error) {
	if ctx == nil {
		return nil, errNoContext
	}
	e, err := newExpecting(v, draws, o)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		if err := expectable(k); err != nil {
			return nil, err
		}
		if err := e.want(k); err != nil {
			return nil, err
		}
	}
	return e.run(ctx)
}

// CentralAt works out figures of the central projection of a version at stated values of
// its uncertain inputs, input × draw as in [InputDraws]: exact expectations, with caps
// applied to the expectation. The figures are key × draw, with amounts in £, and NaN where
// the draw cannot be or the figure is not defined. Any figure may be asked for but a
// probability. It takes some tens of microseconds a draw.
func CentralAt(ctx context.Context, v *scenario.Version, keys []Key, inputs [][]float64, prices contract.Prices) ([][]float64, error) {
	if ctx == nil {
		return nil, errNoContext
	}
	e, err := newExpecting(v, InputDraws{Values: inputs}, Options{Prices: prices})
	if err != nil {
		return nil, err
	}
	e.projected = true
	for _, k := range keys {
		if err := e.want(k); err != nil {
			return nil, err
		}
	}
	figures, err := e.run(ctx)
	if err != nil {
		return nil, err
	}
	return figures.Values, nil
}

// expecting is such a calculation in progress.
type expecting struct {
	*runner
	draws   InputDraws
	number  int      // of draws
	wanted  []column // by key
	figures *ExpectedFigures
	capital bool // whether a figure needs the cash of delivery
	// projected is whether figures of the central projection are wanted.
	projected bool
	// byQuarter is where payments by quarter go, where nothing else is wanted.
	byQuarter      *PaymentsByQuarter
	livesByQuarter int
	exactly        bool   // whether some are exact
	nested         bool   // whether some are not
	beyond         []bool // by key: whether caps alone keep it from being exact
	wrong          []bool
}

func newExpecting(v *scenario.Version, draws InputDraws, o Options) (*expecting, error) {
	r, err := plan(v, Options{Seed: o.Seed, Workers: o.Workers, Engine: o.Engine, Prices: o.Prices, Replications: 1, TotalsOnly: true})
	if err != nil {
		return nil, err
	}
	if r.drawing == nil {
		return nil, errors.New("no input of the version is uncertain, so that there is none to state: see Central")
	}
	if draws.Lives == 0 {
		draws.Lives = defaultLives
	}
	e := &expecting{runner: r, draws: draws}
	if e.number, err = draws.check(len(r.drawing.drawer.Inputs())); err != nil {
		return nil, err
	}
	e.wrong = make([]bool, e.number)
	e.figures = &ExpectedFigures{Lives: draws.Lives}
	return e, nil
}

// want adds a figure to those that are wanted.
func (e *expecting) want(k Key) error {
	c, err := e.totalOf(k)
	if err != nil {
		return err
	}
	exact := e.exactInDraw(c)
	e.wanted, e.figures.Keys = append(e.wanted, c), append(e.figures.Keys, c.Key)
	e.beyond = append(e.beyond, !exact && e.capsAlone(c))
	e.exactly, e.nested, e.capital = e.exactly || exact, e.nested || !exact, e.capital || k.NeedsDelivery()
	e.figures.Exact = append(e.figures.Exact, exact)
	e.figures.Values = append(e.figures.Values, make([]float64, e.number))
	e.figures.Variance = append(e.figures.Variance, make([]float64, e.number))
	return nil
}

// check returns how many draws there are, or what is wrong with them.
func (d InputDraws) check(inputs int) (draws int, err error) {
	if len(d.Values) != inputs {
		return 0, fmt.Errorf("there are values of %d inputs for %d uncertain inputs: give a row for each", len(d.Values), inputs)
	}
	draws = len(d.Values[0])
	for i, row := range d.Values {
		if len(row) != draws {
			return 0, fmt.Errorf("input %d has %d values and the first has %d: give each one for every draw", i+1, len(row), draws)
		}
	}
	if d.Lives < 1 || d.Lives > maxReplications {
		return 0, fmt.Errorf("%d lives under each draw: there must be at least 1, or 0 for %d", d.Lives, defaultLives)
	}
	if d.First != nil && len(d.First) != draws {
		return 0, fmt.Errorf("there are %d numbers of first lives for %d draws: give one for each, or none", len(d.First), draws)
	}
	if slices.ContainsFunc(d.First, func(n int) bool { return n < 0 || n > math.MaxInt32 }) {
		return 0, errors.New("a number of first lives is below 0 or very large: they are numbers of replications, from 0")
	}
	return draws, nil
}

// expectable refuses what has no mean over lives.
func expectable(k Key) error {
	m, err := MeasureOf(k.Name)
	if err != nil {
		return err
	}
	if m.Kind != kindTotal || m.Name == BenefitCost {
		return fmt.Errorf("%q has no expectation over lives that adds up: name a total, such as %q", k.Name, NetPublic)
	}
	return nil
}

// totalOf is the column of a figure over the whole programme.
func (r *runner) totalOf(k Key) (column, error) {
	m, err := MeasureOf(k.Name)
	if err != nil {
		return column{}, err
	}
	if m.Kind == kindChance {
		return column{}, fmt.Errorf("%q is a probability, which an expectation has not: name a total, such as %q", k.Name, NetPublic)
	}
	var all List[Projected]
	for _, c := range r.columns {
		if c.period != overall || c.independent {
			continue
		}
		if c.is(k.Name, k.of()) {
			return c, nil
		}
		all = append(all, Projected{Key: c.Key})
	}
	if _, err = all.Find(k.Name, k.of()...); k.NeedsDelivery() && r.version.Programme.Delivery == nil {
		err = fmt.Errorf("there is no %q: %w", k, finance.ErrNoDelivery)
	}
	return column{}, err
}

// of is what the key is narrowed to, as [List.Of] takes it.
func (k Key) of() []string {
	switch {
	case k.Arm != "":
		return []string{k.Of, k.Arm}
	case k.Of != "":
		return []string{k.Of}
	}
	return nil
}

// exactInDraw reports whether a total has an exact expectation in every draw: nothing that
// depends on all children together lies between weeks and the figure.
func (r *runner) exactInDraw(c column) bool {
	p := r.version.Programme
	if !p.Capacity.None() && c.Name != Referred && c.Name != ReferredEarly {
		return false
	}
	return c.exact || linear(&p.Contract) && c.Unit == Pounds && !c.NeedsDelivery()
}

// linear reports whether what a contract pays is in proportion to the units, but for
// rounding to the penny: no cap, no tier and no other price beyond a number of units.
func linear(t *contract.Terms) bool {
	capped := func(m contract.Metric) bool { return m.Cap.Units.Valid || m.Cap.Amount.Valid }
	return !bent(t) && !t.Cap.Valid && len(t.YearCaps) == 0 && !slices.ContainsFunc(t.Metrics, capped) &&
		!slices.ContainsFunc(t.Payers, func(p contract.Payer) bool { return p.Cap.Valid })
}

// run works out all draws.
func (e *expecting) run(ctx context.Context) (*ExpectedFigures, error) {
	var next atomic.Int64
	var working sync.WaitGroup
	var failed atomic.Pointer[error]
	for range min(e.options.Workers, (e.number+block-1)/block) {
		working.Go(func() {
			w := e.newExpectingWorker()
			for from := int(next.Add(block)) - block; from < e.number; from = int(next.Add(block)) - block {
				for draw := from; draw < min(from+block, e.number); draw++ {
					err := ctx.Err()
					if err == nil && failed.Load() == nil {
						err = w.work(draw)
					}
					if err != nil {
						failed.CompareAndSwap(nil, &err)
						return
					}
				}
			}
		})
	}
	working.Wait()
	if err := failed.Load(); err != nil {
		return nil, *err
	}
	for draw, wrong := range e.wrong {
		if wrong {
			e.figures.Impossible = append(e.figures.Impossible, draw)
		}
	}
	return e.figures, nil
}

// expectingWorker works out one draw at a time.
type expectingWorker struct {
	*expecting
	drawn  *drawnRun
	values []float64   // of the inputs
	row    []float64   // of figures
	lived  [][]float64 // key × life
	// uncapped prices without caps, by choice of alternatives.
	uncapped map[string]*uncapped
}

func (e *expecting) newExpectingWorker() *expectingWorker {
	w := &expectingWorker{expecting: e, drawn: e.newDrawnRun(), values: make([]float64, len(e.draws.Values)), row: make([]float64, len(e.centre)), uncapped: map[string]*uncapped{}}
	for range e.wanted {
		w.lived = append(w.lived, make([]float64, e.draws.Lives))
	}
	return w
}

// work works out every figure under a draw.
func (w *expectingWorker) work(draw int) error {
	for i, row := range w.draws.Values {
		w.values[i] = row[draw]
	}
	drawn, err := w.drawn.drawing.drawer.At(w.values)
	if _, impossible := errors.AsType[*scenario.Again](err); impossible {
		w.impossible(draw)
		return nil
	}
	if err != nil {
		return fmt.Errorf("draw %d: %w", draw+1, err)
	}
	at, err := w.drawn.under(drawn)
	if err != nil {
		return fmt.Errorf("draw %d: %w", draw+1, err)
	}
	if w.byQuarter != nil {
		return w.pay(at, draw)
	}
	if w.projected {
		return w.project(at, draw)
	}
	u, err := w.withoutCaps(at, drawn)
	if err == nil && (w.exactly || u != nil) {
		err = w.expect(at, u, draw)
	}
	if err != nil {
		return fmt.Errorf("draw %d: %w", draw+1, err)
	}
	if w.nested {
		w.live(at, u, draw)
	}
	return nil
}

// project works out the figures of the central projection.
func (w *expectingWorker) project(at *setting, draw int) error {
	counts, err := at.expected.Counts(at.programme)
	if err != nil {
		return fmt.Errorf("draw %d: %w", draw+1, err)
	}
	at.figures.withoutCapital = !w.capital
	fillRow(at, counts, w.row)
	at.figures.withoutCapital = false
	for k, c := range w.wanted {
		if w.figures.Values[k][draw] = c.scale(w.row[c.at]); !finite(w.figures.Values[k][draw]) {
			w.figures.Values[k][draw] = math.NaN()
		}
	}
	return nil
}

// withoutCaps prices the draw without caps; nil where no figure needs that.
func (w *expectingWorker) withoutCaps(at *setting, drawn scenario.Drawn) (*uncapped, error) {
	if !slices.Contains(w.beyond, true) {
		return nil, nil
	}
	u, ok := w.uncapped[drawn.Choice]
	if !ok {
		u = &uncapped{row: make([]float64, len(w.centre)), expected: make([]float64, len(w.wanted))}
		w.uncapped[drawn.Choice] = u
	}
	return u, u.redraw(at, drawn)
}

// impossible marks a draw that cannot be.
func (w *expectingWorker) impossible(draw int) {
	w.wrong[draw] = true
	for k := range w.wanted {
		w.figures.Values[k][draw], w.figures.Variance[k][draw] = math.NaN(), math.NaN()
	}
}

// expect works out what has an exact expectation: figures that no cap lies before, and the
// others without caps.
func (w *expectingWorker) expect(at *setting, u *uncapped, draw int) error {
	if err := w.alike(at.programme); err != nil {
		return err
	}
	counts, err := at.expected.Counts(at.programme)
	if err != nil {
		return err
	}
	if w.exactly {
		at.figures.withoutCapital = true // it has none
		fillRow(at, counts, w.row)
		at.figures.withoutCapital = false
	}
	if u != nil {
		price(u, at, counts, u.expectation)
	}
	for k, c := range w.wanted {
		switch {
		case w.figures.Exact[k]:
			w.figures.Values[k][draw] = c.scale(w.row[c.at])
		case w.beyond[k]:
			u.expected[k] = c.scale(u.row[c.at])
		}
	}
	return nil
}

// live works out the others as means over lives, those that caps alone keep from being
// exact as how far each life lies from itself without caps.
func (w *expectingWorker) live(at *setting, u *uncapped, draw int) {
	first := 0
	if w.draws.First != nil {
		first = w.draws.First[draw]
	}
	for life := range w.draws.Lives {
		tally := at.simulator.Replicate(w.options.Seed, first+life)
		at.figures.withoutCapital = !w.capital
		fillRow(at, tally, w.row)
		at.figures.withoutCapital = false
		if u != nil {
			price(u, at, tally, u.replications)
		}
		for k, c := range w.wanted {
			w.lived[k][life] = c.scale(w.row[c.at])
			if w.beyond[k] {
				w.lived[k][life] += u.expected[k] - c.scale(u.row[c.at])
			}
		}
	}
	for k := range w.wanted {
		if !w.figures.Exact[k] {
			w.figures.Values[k][draw], w.figures.Variance[k][draw] = meanAndError(w.lived[k])
		}
	}
}

// meanAndError is the mean of values and the variance of that mean.
func meanAndError(values []float64) (mean, variance float64) {
	n := float64(len(values))
	for _, x := range values {
		mean += x / n
	}
	for _, x := range values {
		variance += (x - mean) * (x - mean)
	}
	return mean, variance / (n - 1) / n
}
