package main

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/warn"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// drawing is what charts are drawn from: a programme with its cases, each run
// when the first chart asks for it, and only once.
type drawing struct {
	to       *streams
	document *scenario.Document
	flags    *plotCommand
	cases    []*scenario.Version
	ran      map[string]*montecarlo.Result // by name of the version
	used     []*scenario.Version           // that charts were drawn of
}

// one is the version of charts of one case.
func (d *drawing) one() (*scenario.Version, error) { return d.flags.version(d.document, d.flags.Case) }

// stressed is the version of charts of capital and stresses: the middle case,
// unless one was asked for.
func (d *drawing) stressed() (*scenario.Version, error) {
	if d.flags.Case != "" {
		return d.one()
	}
	return d.flags.version(d.document, middle(d.document))
}

// uses notes that a chart is drawn of a version, for what has to be said of it.
func (d *drawing) uses(v *scenario.Version) {
	if !slices.ContainsFunc(d.used, func(other *scenario.Version) bool { return other.Name() == v.Name() }) {
		d.used = append(d.used, v)
	}
}

// warn says beside the charts what is no fault of the file and may still be a mistake,
// and which inputs have a newer edition. Charts have no notes for it.
func (d *drawing) warn() {
	var labels []string
	for _, v := range d.used {
		labels = append(labels, v.Name())
	}
	for _, w := range warn.Versions(d.flags.Prices.kind, labels, d.used...) {
		fmt.Fprintln(d.to.err, words.Printable(w.String()))
	}
	if caution := overdue(d.used, d.to.today()); caution != "" {
		fmt.Fprintln(d.to.err, words.Printable(caution))
	}
}

// run runs a version, unless it was run before.
func (d *drawing) run(v *scenario.Version) (*montecarlo.Result, error) {
	d.uses(v)
	if done, ok := d.ran[v.Name()]; ok {
		return done, nil
	}
	result, err := d.runWith(v, d.flags.hold(d.flags.options(d.to), append(slices.Clone(d.cases), v)...))
	if err == nil {
		d.ran[v.Name()] = result
	}
	return result, err
}

// runByRanges runs a version with all inputs drawn from the ranges of the file, which a
// chart shows.
func (d *drawing) runByRanges(v *scenario.Version) (*montecarlo.Result, error) {
	if v.Programme.Conditioned == nil {
		return d.run(v)
	}
	o := d.flags.options(d.to)
	o.Unconditioned = true
	return d.runWith(v, o)
}

func (d *drawing) runWith(v *scenario.Version, o montecarlo.Options) (*montecarlo.Result, error) {
	o.AllValues = true // charts show single replications
	return montecarlo.Run(d.to.ctx, v, o)
}

// single draws a chart of one case that is simulated.
func (d *drawing) single(draw func(...*montecarlo.Result) (*plot.Figure, error)) (*plot.Figure, error) {
	v, err := d.one()
	if err != nil {
		return nil, err
	}
	result, err := d.run(v)
	if err != nil {
		return nil, err
	}
	return draw(result)
}

// compared draws a chart of several cases.
func (d *drawing) compared(draw func(...*montecarlo.Result) (*plot.Figure, error)) (*plot.Figure, error) {
	var results []*montecarlo.Result
	for _, v := range d.cases {
		result, err := d.run(v)
		if err != nil {
			return nil, err
		}
		results = append(results, result)
	}
	return draw(results...)
}

// projected draws a chart of the central projection of one case.
func (d *drawing) projected(draw func(*montecarlo.Projection) (*plot.Figure, error)) (*plot.Figure, error) {
	v, err := d.one()
	if err != nil {
		return nil, err
	}
	d.uses(v)
	p, err := montecarlo.Central(v, d.flags.Prices.kind)
	if err != nil {
		return nil, err
	}
	return draw(p)
}

func (d *drawing) achievements() (*plot.Figure, error) { return d.compared(plot.Achievements) }
func (d *drawing) cumulative() (*plot.Figure, error)   { return d.compared(plot.CumulativePayments) }
func (d *drawing) netSaving() (*plot.Figure, error)    { return d.compared(plot.NetSaving) }
func (d *drawing) payments() (*plot.Figure, error)     { return d.single(plot.Payments) }

func (d *drawing) capitalPosition() (*plot.Figure, error) { return d.compared(plot.CapitalPosition) }

func (d *drawing) capitalRequirement() (*plot.Figure, error) {
	return d.compared(plot.CapitalRequirement)
}

func (d *drawing) returns() (*plot.Figure, error) {
	return d.compared(func(results ...*montecarlo.Result) (*plot.Figure, error) {
		return plot.Returns(d.flags.Investor, results...)
	})
}

func (d *drawing) waterfall() (*plot.Figure, error) {
	return d.single(func(results ...*montecarlo.Result) (*plot.Figure, error) { return plot.Waterfall(results[0]) })
}

func (d *drawing) savesMoreThan() (*plot.Figure, error) {
	return d.single(func(results ...*montecarlo.Result) (*plot.Figure, error) { return plot.SavesMoreThan(results[0]) })
}

func (d *drawing) occupancy() (*plot.Figure, error) {
	return d.projected(func(p *montecarlo.Projection) (*plot.Figure, error) { return plot.Occupancy(d.flags.Cohort, p) })
}

func (d *drawing) survival() (*plot.Figure, error) {
	return d.projected(func(p *montecarlo.Projection) (*plot.Figure, error) { return plot.Survival(d.flags.Cohort, p) })
}

// shortfallCurve and deadweightCurve compare cases, savingCurve has the councils
// of one.
func (d *drawing) shortfallCurve() (*plot.Figure, error) {
	return d.along(plot.ShortfallCurve, d.cases, []string{sensitivity.DeliveryCost}, costsNearToday)
}

// costsNearToday are multiples of the cost of delivery: every 5%, and every 1% near the
// current value, where each per cent matters.
func costsNearToday(*scenario.Version, sensitivity.Driver) (values []float64, err error) {
	const fine = 6
	for percent := 75; percent <= 125; percent++ {
		if percent%5 == 0 || percent > 100-fine && percent < 100+fine {
			values = append(values, float64(percent)/100)
		}
	}
	return values, nil
}

// deadweightCurve has a point every five percentage points of deadweight.
func (d *drawing) deadweightCurve() (*plot.Figure, error) {
	return d.along(plot.DeadweightCurve, d.cases, movesWithout, func(v *scenario.Version, driver sensitivity.Driver) ([]float64, error) {
		values, err := sensitivity.DeadweightValues(v, driver, 0.05)
		if err == nil && len(values) < 2 { // too short a range for even steps, or none
			values = driver.Values(3)
		}
		return values, err
	})
}

func (d *drawing) savingCurve() (*plot.Figure, error) {
	v, err := d.one()
	if err != nil {
		return nil, err
	}
	return d.along(plot.SavingCurve, []*scenario.Version{v}, pricesOfCare, evenly(25))
}

// evenly is n values over a driver's range.
func evenly(n int) func(*scenario.Version, sensitivity.Driver) ([]float64, error) {
	return func(_ *scenario.Version, driver sensitivity.Driver) ([]float64, error) { return driver.Values(n), nil }
}

// along draws curves of versions along the first of some drivers that fits the
// programme.
func (d *drawing) along(draw func(...*sensitivity.Curved) (*plot.Figure, error), versions []*scenario.Version, names []string, values func(*scenario.Version, sensitivity.Driver) ([]float64, error)) (*plot.Figure, error) {
	driver, ok := driverOf(d.document, names...)
	if !ok {
		return nil, fmt.Errorf("the %s cannot be varied in this file", words.Or(names))
	}
	var curves []*sensitivity.Curved
	for _, v := range versions {
		d.uses(v)
		at, err := values(v, driver)
		if err != nil {
			return nil, err
		}
		curve, err := sensitivity.Curve(d.to.ctx, v, driver, at, d.options())
		if err != nil {
			return nil, err
		}
		curves = append(curves, curve)
	}
	return draw(curves...)
}

// options are those of runs of package sensitivity.
func (d *drawing) options() sensitivity.Options {
	return sensitivity.Options{Run: d.flags.options(d.to)}
}

func (d *drawing) stresses() (*plot.Figure, error) {
	v, err := d.stressed()
	if err != nil {
		return nil, err
	}
	d.uses(v)
	stresses, err := sensitivity.Stress(d.to.ctx, v, nil, d.options())
	if err != nil {
		return nil, err
	}
	return plot.Stresses(stresses)
}

// stressGrid draws how likely the facility is to be too small at every pair of values of
// referrals and the cost of delivery, near their current values.
func (d *drawing) stressGrid() (*plot.Figure, error) {
	v, err := d.stressed()
	if err != nil {
		return nil, err
	}
	d.uses(v)
	var two [2]sensitivity.Driver
	for i, name := range sidesOfGrid {
		driver, ok := driverOf(d.document, name)
		if !ok {
			return nil, fmt.Errorf("the %s cannot be varied in this file", name)
		}
		two[i] = driver
	}
	referrals, costs := []float64{0.6, 0.8, 1, 1.2, 1.4}, []float64{0.9, 0.95, 1, 1.05, 1.1, 1.2}
	g, err := sensitivity.Grid(d.to.ctx, v, two[0], two[1], referrals, costs, d.options())
	if err != nil {
		return nil, err
	}
	return plot.StressGrid(g, sensitivity.ByShortfall)
}

func (d *drawing) tornado() (*plot.Figure, error) {
	v, err := d.one()
	if err != nil {
		return nil, err
	}
	return d.tornadoOf(v, montecarlo.NetPublic)
}

func (d *drawing) capitalTornado() (*plot.Figure, error) {
	v, err := d.stressed()
	if err != nil {
		return nil, err
	}
	return d.tornadoOf(v, montecarlo.CapitalRequirement)
}

// tornadoOf draws what one figure depends on.
func (d *drawing) tornadoOf(v *scenario.Version, name string) (*plot.Figure, error) {
	d.uses(v)
	t, err := sensitivity.Tornado(v, d.flags.Prices.kind, nil, name)
	if err != nil {
		return nil, err
	}
	simulated, err := d.runByRanges(v) // whose mean is not the figure at stated values
	if err != nil {
		return nil, err
	}
	return plot.Tornado(t, simulated)
}

// programmes draws the programmes of the Life Chances Fund side by side.
func (d *drawing) programmes() (*plot.Figure, error) {
	own, err := d.one()
	if err != nil {
		return nil, err
	}
	d.uses(own)
	all, err := d.besideTheFund(own)
	if err != nil {
		return nil, err
	}
	var projections []*montecarlo.Projection
	for _, v := range all {
		p, err := montecarlo.Central(v, contract.Constant)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", v.Programme.Name, err)
		}
		projections = append(projections, p)
	}
	return plot.Programmes(projections...)
}

// besideTheFund is one programme, and after it the others of the Life Chances Fund.
func (d *drawing) besideTheFund(own *scenario.Version) ([]*scenario.Version, error) {
	all := []*scenario.Version{own}
	for _, name := range lifeChancesFund() {
		if name == own.Programme.Name {
			continue
		}
		v, err := libraryVersion(name)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

func libraryVersion(name string) (*scenario.Version, error) {
	document, err := scenario.Open(name)
	if err != nil {
		return nil, err
	}
	return document.Version("")
}
