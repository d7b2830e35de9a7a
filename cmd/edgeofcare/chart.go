package main

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// chart is one chart that the command draws.
type chart struct {
	name   string
	answer string // what it answers and for whom, in a sentence
	takes  []flag // the flags that it depends on
	// needs returns why a version has no data for it; nil if every one has.
	needs func(*scenario.Version) error
	draw  func(*drawing) (*plot.Figure, error)
}

// flag is a flag that some charts depend on and others do not.
type flag string

// The flags.
const (
	flagCase     flag = "--case"
	flagCases    flag = "--cases"
	flagCohort   flag = "--cohort"
	flagInvestor flag = "--investor"
	flagRuns     flag = "--replications"
)

// The flags of charts of several cases that are simulated, of one, and of central
// projections.
var (
	simulatedCases = []flag{flagCases, flagRuns}
	simulatedCase  = []flag{flagCase, flagRuns}
	projectedCase  = []flag{flagCase}
)

// charts are all the charts, in the order in which they tell a story: what
// happened, what is paid, what is gained, what it takes to finance it.
var charts = []chart{
	{"achievements", "How many weeks or outcomes does each case reach, against target and fact? For commissioners and providers.", simulatedCases, needMetrics, (*drawing).achievements},
	{"payments", "Were quarterly payments what was planned, and what the model says? For commissioners and evaluators.", simulatedCase, nil, (*drawing).payments},
	{"cumulative-payments", "How much will be paid in all, how sure is that, and does the cap bind? For commissioners' finance and investors.", simulatedCases, nil, (*drawing).cumulative},
	{"programmes", "How does the programme stand beside the others of the Life Chances Fund? For funders and evaluators.", projectedCase, nil, (*drawing).programmes},
	{"occupancy", "Where do children live week by week, with the programme and without? For service managers and placement teams.", []flag{flagCase, flagCohort}, needChildren, (*drawing).occupancy},
	{"survival", "How long do planned placements last, and what would have been otherwise? For evaluators and service managers.", []flag{flagCase, flagCohort}, needChildren, (*drawing).survival},
	{"waterfall", "What is left of avoided cost after payments, and how much of it in cash? For directors of finance.", simulatedCase, nil, (*drawing).waterfall},
	{"net-saving", "How likely is it that the public purse gains, and how much? For commissioners and funders.", simulatedCases, nil, (*drawing).netSaving},
	{"saving-curve", "What must a residential place cost for the programme to save, for all and for each council? For directors of finance.", simulatedCase, needDriver(sensitivity.ResidentialPrice), (*drawing).savingCurve},
	{"deadweight-curve", "How much may happen anyway before nothing is saved? For evaluators and funders.", simulatedCases, needDriver(sensitivity.WithoutProgramme), (*drawing).deadweightCurve},
	{"tornado", "Which input matters most to what is saved? For everyone who has to agree on assumptions.", projectedCase, nil, (*drawing).tornado},
	{"capital-position", "How deep do receipts less costs go, when, and is the facility enough? For investors and providers.", simulatedCases, needCash, (*drawing).capitalPosition},
	{"capital-requirement", "How much capital does it take, and how sure is that? For investors and providers.", simulatedCases, needCash, (*drawing).capitalRequirement},
	{"shortfall-curve", "What may delivery cost before the facility is too small? For investors and providers.", simulatedCases, needFacility, (*drawing).shortfallCurve},
	{"returns", "What do investors get back, and how often less than the hurdle? For investors.", []flag{flagCases, flagRuns, flagInvestor}, needCash, (*drawing).returns},
	{"stresses", "What does each thing that may go wrong do to the facility and to investors' money? For investors and providers.", simulatedCase, needCash, (*drawing).stresses},
	{"capital-tornado", "Which input matters most to the capital that it takes? For investors and providers.", projectedCase, needCash, (*drawing).capitalTornado},
}

// chartNamed is the chart of a name.
func chartNamed(name string) (*chart, error) {
	i := slices.IndexFunc(charts, func(one chart) bool { return one.name == name })
	if i < 0 {
		return nil, fmt.Errorf("%w; edgeofcare plot --list says what each answers", &scenario.NameError{What: "chart", Name: name, Valid: chartNames()})
	}
	return &charts[i], nil
}

func chartNames() []string {
	var names []string
	for _, one := range charts {
		names = append(names, one.name)
	}
	return names
}

// lacks returns why there is no such chart of a version.
func (c *chart) lacks(v *scenario.Version) error {
	if c.needs == nil {
		return nil
	}
	return c.needs(v)
}

func needMetrics(v *scenario.Version) error {
	if len(v.Programme.Contract.Metrics) == 0 {
		return fmt.Errorf("%s has no metric: there is no target to hold anything against", v.Programme.Name)
	}
	return nil
}

func needChildren(v *scenario.Version) error {
	if len(v.Programme.Cohorts) == 0 {
		return fmt.Errorf("%s has no cohort: there are no children to follow", v.Programme.Name)
	}
	return nil
}

func needCash(v *scenario.Version) error {
	if v.Programme.Delivery == nil {
		return finance.ErrNoDelivery
	}
	return nil
}

func needFacility(v *scenario.Version) error {
	if err := needCash(v); err != nil {
		return err
	}
	if v.Programme.Facility != nil {
		for _, investor := range v.Programme.Facility.Investors {
			if investor.Commitment.IsPositive() {
				return nil
			}
		}
	}
	return fmt.Errorf("%s has no facility that could be too small: add facility and its investors to the file", v.Programme.Name)
}

// needDriver asks for a driver that fits the programme.
func needDriver(name string) func(*scenario.Version) error {
	return func(v *scenario.Version) error {
		if _, ok := driverOf(v.Document(), name); !ok {
			return fmt.Errorf("%s has nothing through which %s could be changed", v.Programme.Name, name)
		}
		return nil
	}
}

// drawing is what charts are drawn from: a programme with its cases, each run
// when the first chart asks for it, and only once.
type drawing struct {
	to       *streams
	document *scenario.Document
	flags    *plotCommand
	cases    []*scenario.Version
	ran      map[string]*montecarlo.Result // by name of the version
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

// run runs a version, unless it was run before.
func (d *drawing) run(v *scenario.Version) (*montecarlo.Result, error) {
	if done, ok := d.ran[v.Name()]; ok {
		return done, nil
	}
	result, err := montecarlo.Run(d.to.ctx, v, d.flags.options(d.to))
	if err == nil {
		d.ran[v.Name()] = result
	}
	return result, err
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
	p, err := montecarlo.Central(v)
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

func (d *drawing) occupancy() (*plot.Figure, error) {
	return d.projected(func(p *montecarlo.Projection) (*plot.Figure, error) { return plot.Occupancy(d.flags.Cohort, p) })
}

func (d *drawing) survival() (*plot.Figure, error) {
	return d.projected(func(p *montecarlo.Projection) (*plot.Figure, error) { return plot.Survival(d.flags.Cohort, p) })
}

// shortfallCurve and deadweightCurve compare cases, savingCurve has the councils
// of one.
func (d *drawing) shortfallCurve() (*plot.Figure, error) {
	near := []float64{0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 1, 1.05, 1.10, 1.15, 1.20, 1.25, 1.30}
	return d.along(plot.ShortfallCurve, d.cases, sensitivity.DeliveryCost, func(sensitivity.Driver) []float64 { return near })
}

func (d *drawing) deadweightCurve() (*plot.Figure, error) {
	return d.along(plot.DeadweightCurve, d.cases, sensitivity.WithoutProgramme, evenly(16))
}

func (d *drawing) savingCurve() (*plot.Figure, error) {
	v, err := d.one()
	if err != nil {
		return nil, err
	}
	return d.along(plot.SavingCurve, []*scenario.Version{v}, sensitivity.ResidentialPrice, evenly(13))
}

// evenly is n values over a driver's range.
func evenly(n int) func(sensitivity.Driver) []float64 {
	return func(driver sensitivity.Driver) []float64 { return driver.Values(n) }
}

// along draws curves of versions along a driver, which must fit the programme.
func (d *drawing) along(draw func(...*sensitivity.Curved) (*plot.Figure, error), versions []*scenario.Version, name string, values func(sensitivity.Driver) []float64) (*plot.Figure, error) {
	driver, ok := driverOf(d.document, name)
	if !ok {
		return nil, fmt.Errorf("there is nothing through which %s could be changed", name)
	}
	var curves []*sensitivity.Curved
	for _, v := range versions {
		curve, err := sensitivity.Curve(d.to.ctx, v, driver, values(driver), d.options())
		if err != nil {
			return nil, err
		}
		curves = append(curves, curve)
	}
	return draw(curves...)
}

// driverOf is the driver of a name, if it fits the programme.
func driverOf(d *scenario.Document, name string) (sensitivity.Driver, bool) {
	all := sensitivity.Drivers(d)
	i := slices.IndexFunc(all, func(driver sensitivity.Driver) bool { return driver.Name == name })
	if i < 0 {
		return sensitivity.Driver{}, false
	}
	return all[i], true
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
	stresses, err := sensitivity.Stress(d.to.ctx, v, nil, d.options())
	if err != nil {
		return nil, err
	}
	return plot.Stresses(stresses)
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
	t, err := sensitivity.Tornado(v, nil, name)
	if err != nil {
		return nil, err
	}
	return plot.Tornado(t)
}

// programmes draws the programmes of the Life Chances Fund side by side, with
// this one in its place among them, or on top if it is another.
func (d *drawing) programmes() (*plot.Figure, error) {
	own, err := d.one()
	if err != nil {
		return nil, err
	}
	var all []*scenario.Version
	for _, name := range lifeChancesFund() {
		v := own
		if name != own.Programme.Name {
			if v, err = libraryVersion(name); err != nil {
				return nil, err
			}
		}
		all = append(all, v)
	}
	if !slices.Contains(all, own) {
		all = append([]*scenario.Version{own}, all...)
	}
	var projections []*montecarlo.Projection
	for _, v := range all {
		p, err := montecarlo.Central(v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", v.Programme.Name, err)
		}
		projections = append(projections, p)
	}
	return plot.Programmes(projections...)
}

func libraryVersion(name string) (*scenario.Version, error) {
	document, err := scenario.Open(name)
	if err != nil {
		return nil, err
	}
	return document.Version("")
}
