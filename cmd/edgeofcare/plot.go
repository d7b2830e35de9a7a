package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// chart is one chart that the command draws.
type chart struct {
	name   string
	answer string // what it answers and for whom, in a sentence
	// needs returns why a programme has no data for it; nil if every one has.
	needs func(*scenario.Document, *model.Programme) error
	draw  func(*drawing) (*plot.Figure, error)
}

// lacks returns why there is no such chart of a programme.
func (c *chart) lacks(d *scenario.Document, p *model.Programme) error {
	if c.needs == nil {
		return nil
	}
	return c.needs(d, p)
}

// charts are all the charts, in the order in which they tell a story: what
// happened, what is paid, what is gained, what it takes to finance it.
var charts = []chart{
	{"achievements", "How many weeks or outcomes does each case reach, against target and fact? For commissioners and providers.", needMetrics, (*drawing).achievements},
	{"payments", "Were quarterly payments what was planned, and what the model says? For commissioners and evaluators.", nil, (*drawing).payments},
	{"cumulative-payments", "How much will be paid in all, how sure is that, and does the cap bind? For commissioners' finance and investors.", nil, (*drawing).cumulative},
	{"programmes", "How does the programme stand beside the others of the Life Chances Fund? For funders and evaluators.", nil, (*drawing).programmes},
	{"occupancy", "Where do children live week by week, with the programme and without? For service managers and placement teams.", needChildren, (*drawing).occupancy},
	{"survival", "How long do planned placements last, and what would have been otherwise? For evaluators and service managers.", needChildren, (*drawing).survival},
	{"waterfall", "What is left of avoided cost after payments, and how much of it in cash? For directors of finance.", nil, (*drawing).waterfall},
	{"net-saving", "How likely is it that the public purse gains, and how much? For commissioners and funders.", nil, (*drawing).netSaving},
	{"saving-curve", "What must a residential place cost for the programme to save, for all and for each council? For directors of finance.", needDriver(sensitivity.ResidentialPrice), (*drawing).savingCurve},
	{"deadweight-curve", "How much may happen anyway before nothing is saved? For evaluators and funders.", needDriver(sensitivity.WithoutProgramme), (*drawing).deadweightCurve},
	{"tornado", "Which input matters most to what is saved? For everyone who has to agree on assumptions.", nil, (*drawing).tornado},
	{"capital-position", "How deep do receipts less costs go, when, and is the facility enough? For investors and providers.", needCash, (*drawing).capitalPosition},
	{"capital-requirement", "How much capital does it take, and how sure is that? For investors and providers.", needCash, (*drawing).capitalRequirement},
	{"shortfall-curve", "What may delivery cost before the facility runs dry? For investors and providers.", needFacility, (*drawing).shortfallCurve},
	{"returns", "What do those who put up the capital get back, and how often less than the hurdle? For investors.", needCash, (*drawing).returns},
	{"stresses", "What does each thing that may go wrong do to the facility and to investors' money? For investors and providers.", needCash, (*drawing).stresses},
	{"capital-tornado", "Which input matters most to the capital that it takes? For investors and providers.", needCash, (*drawing).capitalTornado},
}

// plotCommand draws charts.
type plotCommand struct {
	Programme    string      `arg:"" optional:"" help:"Name in the library, or a YAML file."`
	Chart        string      `arg:"" optional:"" help:"The chart to draw; left out, the charts there are."`
	List         bool        `help:"List the charts and what each answers."`
	All          bool        `help:"Draw every chart that the programme has data for, into the folder that -o names."`
	Output       string      `short:"o" help:"File to write, in the format of its extension: .svg, .png, .pdf or .csv; with --all a folder; - for the terminal. CHART.svg unless told otherwise." placeholder:"FILE"`
	Format       plot.Format `short:"f" help:"svg, png, pdf or csv (the figures that are drawn), where -o does not say." placeholder:"FORMAT"`
	Title        string      `help:"Title of the chart: what it shows, in a sentence, in place of what is measured." placeholder:"TEXT"`
	Cases        []string    `help:"Cases of charts that compare; the file says which unless told otherwise. A case may be followed by variants, as in 'medium + flat tariffs'." placeholder:"CASE"`
	Case         string      `help:"The case of other charts; the file's first unless told otherwise, or the middle one for charts of capital and stresses." placeholder:"CASE"`
	Cohort       string      `help:"The cohort of occupancy and survival; all of them unless told otherwise." placeholder:"COHORT"`
	Party        string      `help:"The investor of returns; all who put up capital together unless told otherwise." placeholder:"INVESTOR"`
	With         []string    `help:"A variant to apply on top of every case; may be repeated." placeholder:"VARIANT" sep:"none"`
	Set          []string    `help:"An input to change, as in --set 'cohorts.*.lag=13'; may be repeated." placeholder:"PATH=VALUE" sep:"none"`
	Replications int         `short:"n" help:"Replications of each run; 10,000 unless told otherwise, 2,000 for stresses and curves." placeholder:"N"`
	Seed         uint64      `help:"The only source of randomness: the same seed gives the same chart." default:"1"`
	Width        int         `help:"Width in pixels; 960, and 1440 in PNG, unless told otherwise. Without --height the chart keeps its proportions." placeholder:"PIXELS"`
	Height       int         `help:"Height in pixels; charts of many rows need more of it than others." placeholder:"PIXELS"`
}

// Help is shown by edgeofcare plot --help.
func (plotCommand) Help() string {
	return `Examples:
  edgeofcare plot --list
  edgeofcare plot dn2 payments -o payments.png
  edgeofcare plot dn2 net-saving --cases "medium,medium + flat tariffs" --title "Flat tariffs change little"
  edgeofcare plot dn2 occupancy --case high --format csv -o -
  edgeofcare plot dn2 --all -o charts`
}

// Run lists charts, or draws one or all of them.
func (c *plotCommand) Run(to *streams) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.Programme == "" || c.List {
		return listCharts(to, nil)
	}
	d, err := c.drawing(to)
	if err != nil {
		return err
	}
	switch {
	case c.All:
		return c.all(d)
	case c.Chart == "":
		return listCharts(to, d)
	}
	return c.one(d)
}

// check returns what does not go together on the command line.
func (c *plotCommand) check() error {
	switch {
	case c.Format != "" && !slices.Contains(plotFormats, c.Format):
		return fmt.Errorf("--format %s: a chart is written as svg, png, pdf or csv", c.Format)
	case c.All && c.Chart != "":
		return fmt.Errorf("--all draws every chart: leave out %s, or leave out --all", c.Chart)
	case c.All && c.Programme == "":
		return errors.New("--all draws the charts of a programme: name one, as in edgeofcare plot dn2 --all -o charts")
	case c.All && (c.Output == "" || c.Output == "-"):
		return errors.New("--all writes a file for every chart: name a folder for them, as in -o charts")
	case c.All && c.Title != "":
		return errors.New("--title is for one chart: name the chart, or leave out --title")
	case c.Replications < 0 || c.Width < 0 || c.Height < 0:
		return errors.New("-n, --width and --height are numbers above 0")
	case c.Programme != "" && c.Chart == "" && slices.Contains(chartNames(), c.Programme):
		return fmt.Errorf("%s is a chart: name the programme first, as in edgeofcare plot dn2 %s", c.Programme, c.Programme)
	}
	return nil
}

var plotFormats = []plot.Format{plot.SVG, plot.PNG, plot.PDF, plot.CSV}

// drawing reads the programme that charts are drawn of.
func (c *plotCommand) drawing(to *streams) (*drawing, error) {
	document, err := openDocument(c.Programme)
	if err != nil {
		return nil, err
	}
	d := &drawing{
		to: to, document: document, with: source{Programme: c.Programme, With: c.With, Set: c.Set},
		caseName: c.Case, cases: c.Cases, cohort: c.Cohort, party: c.Party, replications: c.Replications, seed: c.Seed, ran: map[string]ran{},
	}
	if len(d.cases) == 0 {
		d.cases = document.Compare()
	}
	if len(d.cases) == 0 {
		d.cases = []string{""}
	}
	return d, nil
}

// one draws one chart.
func (c *plotCommand) one(d *drawing) error {
	i := slices.IndexFunc(charts, func(one chart) bool { return one.name == c.Chart })
	if i < 0 {
		return fmt.Errorf("%w; edgeofcare plot --list says what each answers", &scenario.NameError{What: "chart", Name: c.Chart, Valid: chartNames()})
	}
	place, format, err := c.place(c.Chart)
	if err != nil {
		return err
	}
	p, err := d.programme(c.Case)
	if err != nil {
		return err
	}
	if err := charts[i].lacks(d.document, p); err != nil {
		return helpWithDelivery(err)
	}
	figure, err := charts[i].draw(d)
	if err != nil {
		return err
	}
	if c.Title != "" {
		figure.Title = c.Title
	}
	text, err := c.written(figure, format)
	if err != nil {
		return err
	}
	if place == "-" {
		_, err = d.to.out.Write(text)
		return err
	}
	return save(d.to, place, text)
}

// place is where a chart goes and in which format.
func (c *plotCommand) place(name string) (string, plot.Format, error) {
	format := c.Format
	if format == "" {
		format = plot.SVG
	}
	info, err := os.Stat(c.Output)
	switch {
	case c.Output == "":
		return name + "." + string(format), format, nil
	case c.Output == "-":
		return "-", format, nil
	case err == nil && info.IsDir():
		return filepath.Join(c.Output, name+"."+string(format)), format, nil
	}
	named := plot.Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(c.Output), ".")))
	switch {
	case !slices.Contains(plotFormats, named):
		return "", "", fmt.Errorf("-o %s does not say how the chart is to be written: let it end in .svg, .png, .pdf or .csv", c.Output)
	case c.Format != "" && c.Format != named:
		return "", "", fmt.Errorf("-o %s and --format %s do not agree: leave one of them out", c.Output, c.Format)
	}
	return c.Output, named, nil
}

// all draws every chart that the programme has data for and says which it leaves
// out.
func (c *plotCommand) all(d *drawing) error {
	p, err := d.programme(c.Case)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Output, 0o755); err != nil {
		return fmt.Errorf("%w: name a folder for the charts with -o", err)
	}
	format := c.Format
	if format == "" {
		format = plot.SVG
	}
	for _, one := range charts {
		if err := one.lacks(d.document, p); err != nil {
			fmt.Fprintf(d.to.out, "%s left out: %v\n", one.name, err)
			continue
		}
		figure, err := one.draw(d)
		if err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
		text, err := c.written(figure, format)
		if err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
		if err := save(d.to, filepath.Join(c.Output, one.name+"."+string(format)), text); err != nil {
			return err
		}
	}
	return nil
}

// written is the figure at the size that was asked for. One of width and height
// alone keeps the chart's proportions, as long charts need their height.
func (c *plotCommand) written(f *plot.Figure, format plot.Format) ([]byte, error) {
	pixel := vg.Inch / 96
	if format == plot.PNG {
		pixel = vg.Inch / 144
	}
	usual := struct{ width, height vg.Length }{cmp.Or(f.Width, 10*vg.Inch), cmp.Or(f.Height, 5.625*vg.Inch)}
	f.Width, f.Height = vg.Length(c.Width)*pixel, vg.Length(c.Height)*pixel
	switch {
	case c.Width == 0 && c.Height == 0:
		f.Width, f.Height = usual.width, usual.height
	case c.Height == 0:
		f.Height = f.Width * usual.height / usual.width
	case c.Width == 0:
		f.Width = f.Height * usual.width / usual.height
	}
	var b bytes.Buffer
	err := f.Write(&b, format)
	return b.Bytes(), err
}

// save writes a file once all of it is there.
func save(to *streams, place string, text []byte) error {
	if err := os.WriteFile(place, text, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(to.out, "%s written\n", place)
	return nil
}

// listCharts lists the charts, and where a programme is given says which it has
// no data for.
func listCharts(to *streams, d *drawing) error {
	t := report.Table{Title: "Charts: edgeofcare plot PROGRAMME CHART", Columns: textColumns("chart", "what it answers")}
	for _, one := range charts {
		t.Rows = append(t.Rows, textRow(one.name, one.answer))
		if d == nil {
			continue
		}
		p, err := d.programme(d.caseName)
		if err != nil {
			return err
		}
		if err := one.lacks(d.document, p); err != nil {
			t.Rows = append(t.Rows, textRow("", "Not of "+p.Name+": "+err.Error()+"."))
		}
	}
	return report.Write(to.out, report.Terminal, report.Options{}, t)
}

func chartNames() []string {
	var names []string
	for _, one := range charts {
		names = append(names, one.name)
	}
	return names
}

func needMetrics(_ *scenario.Document, p *model.Programme) error {
	if len(p.Contract.Metrics) == 0 {
		return fmt.Errorf("%s has no metric: there is no target to hold anything against", p.Name)
	}
	return nil
}

func needChildren(_ *scenario.Document, p *model.Programme) error {
	if len(p.Cohorts) == 0 {
		return fmt.Errorf("%s has no cohort: there are no children to follow", p.Name)
	}
	return nil
}

func needCash(_ *scenario.Document, p *model.Programme) error {
	if p.Delivery == nil {
		return finance.ErrNoDelivery
	}
	return nil
}

func needFacility(d *scenario.Document, p *model.Programme) error {
	if err := needCash(d, p); err != nil {
		return err
	}
	if p.Facility != nil {
		for _, investor := range p.Facility.Investors {
			if investor.Commitment.IsPositive() {
				return nil
			}
		}
	}
	return fmt.Errorf("%s has no facility that could be too small: add facility and its investors to the file", p.Name)
}

// needDriver asks for a driver that fits the programme.
func needDriver(name string) func(*scenario.Document, *model.Programme) error {
	return func(d *scenario.Document, p *model.Programme) error {
		if _, ok := driverOf(d, name); !ok {
			return fmt.Errorf("%s has nothing through which %s could be changed", p.Name, name)
		}
		return nil
	}
}

// drawing is what charts are drawn from: a programme with its cases, each run
// when the first chart asks for it, and only once.
type drawing struct {
	to           *streams
	document     *scenario.Document
	with         source // what is put on top of every case
	caseName     string // as asked for
	cases        []string
	cohort       string
	party        string // whose returns
	replications int
	seed         uint64
	ran          map[string]ran // by case
}

// ran is one case and its result.
type ran struct {
	programme *model.Programme
	result    *montecarlo.Result
}

// named is the name of a case; an empty one stands for the file's first.
func (d *drawing) named(name string) string {
	if cases := d.document.Cases(); name == "" && len(cases) > 0 {
		return cases[0].Name
	}
	return name
}

// programme is a case with what is put on top of it.
func (d *drawing) programme(name string) (*model.Programme, error) {
	return d.with.combined(d.document, d.named(name), report.Terminal)
}

// run runs a case, unless it was run before.
func (d *drawing) run(name string) (ran, error) {
	name = d.named(name)
	if done, ok := d.ran[name]; ok {
		return done, nil
	}
	p, err := d.programme(name)
	if err != nil {
		return ran{}, err
	}
	o := montecarlo.Options{Seed: d.seed, Replications: d.replications}
	if d.to.terminal {
		o.Progress = progressTo(d.to)
	}
	result, err := montecarlo.Run(d.to.ctx, p, o)
	if err != nil {
		return ran{}, err
	}
	d.ran[name] = ran{p, result}
	return d.ran[name], nil
}

// several runs the cases that are compared. The programme is that of the first.
func (d *drawing) several() (*model.Programme, []*montecarlo.Result, error) {
	var first *model.Programme
	var results []*montecarlo.Result
	for _, name := range d.cases {
		one, err := d.run(name)
		if err != nil {
			return nil, nil, err
		}
		if first == nil {
			first = one.programme
		}
		results = append(results, one.result)
	}
	return first, results, nil
}

// compared draws a chart of several cases.
func (d *drawing) compared(draw func(*model.Programme, ...*montecarlo.Result) (*plot.Figure, error)) (*plot.Figure, error) {
	p, results, err := d.several()
	if err != nil {
		return nil, err
	}
	return draw(p, results...)
}

func (d *drawing) achievements() (*plot.Figure, error) { return d.compared(plot.Achievements) }
func (d *drawing) cumulative() (*plot.Figure, error)   { return d.compared(plot.CumulativePayments) }
func (d *drawing) netSaving() (*plot.Figure, error)    { return d.compared(plot.NetSaving) }

func (d *drawing) capitalPosition() (*plot.Figure, error) { return d.compared(plot.CapitalPosition) }

func (d *drawing) capitalRequirement() (*plot.Figure, error) {
	return d.compared(plot.CapitalRequirement)
}

func (d *drawing) returns() (*plot.Figure, error) {
	return d.compared(func(p *model.Programme, results ...*montecarlo.Result) (*plot.Figure, error) {
		return plot.Returns(p, d.party, results...)
	})
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
	return d.along(plot.SavingCurve, []string{d.named(d.caseName)}, sensitivity.ResidentialPrice, evenly(13))
}

func (d *drawing) stresses() (*plot.Figure, error) {
	one, err := d.chosen(d.middle())
	if err != nil {
		return nil, err
	}
	stresses, err := sensitivity.Stress(d.to.ctx, d.document, nil, d.options(one))
	if err != nil {
		return nil, err
	}
	stresses.Case = one.programme.Case
	return plot.Stresses(one.programme, stresses)
}

func (d *drawing) tornado() (*plot.Figure, error) {
	return d.tornadoOf(montecarlo.NetPublic, d.named(d.caseName))
}

func (d *drawing) capitalTornado() (*plot.Figure, error) {
	return d.tornadoOf(montecarlo.CapitalRequirement, d.middle())
}

// tornadoOf draws what one figure depends on in a case.
func (d *drawing) tornadoOf(name, caseName string) (*plot.Figure, error) {
	one, err := d.chosen(caseName)
	if err != nil {
		return nil, err
	}
	t, err := sensitivity.Tornado(d.document, nil, montecarlo.Measure{Name: name}, d.options(one))
	if err != nil {
		return nil, err
	}
	t.Case = one.programme.Case
	return plot.Tornado(one.programme, t)
}

// evenly is n values over a driver's range.
func evenly(n int) func(sensitivity.Driver) []float64 {
	return func(driver sensitivity.Driver) []float64 { return driver.Values(n) }
}

// along draws curves of cases along a driver, which must fit the programme.
func (d *drawing) along(draw func(*model.Programme, ...*sensitivity.Curved) (*plot.Figure, error), cases []string, name string, values func(sensitivity.Driver) []float64) (*plot.Figure, error) {
	driver, _ := driverOf(d.document, name)
	var first *model.Programme
	var curves []*sensitivity.Curved
	for _, name := range cases {
		one, err := d.chosen(name)
		if err != nil {
			return nil, err
		}
		if first == nil {
			first = one.programme
		}
		curve, err := sensitivity.Curve(d.to.ctx, d.document, driver, values(driver), d.options(one))
		if err != nil {
			return nil, err
		}
		curve.Case = name
		curves = append(curves, curve)
	}
	return draw(first, curves...)
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

// middle is the case of charts of capital and stresses.
func (d *drawing) middle() string {
	if d.caseName != "" {
		return d.caseName
	}
	return middle(d.document)
}

// chosen is a case as package sensitivity takes it.
func (d *drawing) chosen(name string) (chosen, error) {
	p, err := d.programme(name)
	if err != nil {
		return chosen{}, err
	}
	parts := strings.Split(name, " + ")
	with := source{With: slices.Concat(parts[1:], d.with.With), Set: d.with.Set}
	edits, err := with.edits(d.document)
	return chosen{parts[0], edits, p}, err
}

// options are those of runs of package sensitivity.
func (d *drawing) options(one chosen) sensitivity.Options {
	o := sensitivity.Options{Case: one.name, Edits: one.edits}
	o.Run.Seed, o.Run.Replications = d.seed, d.replications
	if d.to.terminal {
		o.Run.Progress = progressTo(d.to)
	}
	return o
}

func (d *drawing) payments() (*plot.Figure, error) {
	one, err := d.run(d.caseName)
	if err != nil {
		return nil, err
	}
	return plot.Payments(one.programme, one.result)
}

func (d *drawing) waterfall() (*plot.Figure, error) {
	one, err := d.run(d.caseName)
	if err != nil {
		return nil, err
	}
	return plot.Waterfall(one.programme, one.result)
}

func (d *drawing) occupancy() (*plot.Figure, error) {
	p, err := d.programme(d.caseName)
	if err != nil {
		return nil, err
	}
	return plot.Occupancy(p, d.cohort)
}

func (d *drawing) survival() (*plot.Figure, error) {
	p, err := d.programme(d.caseName)
	if err != nil {
		return nil, err
	}
	return plot.Survival(p, d.cohort)
}

// programmes draws the programmes of the Life Chances Fund side by side, with
// this one in its place among them, or on top if it is another.
func (d *drawing) programmes() (*plot.Figure, error) {
	own, err := d.programme(d.caseName)
	if err != nil {
		return nil, err
	}
	var all []*model.Programme
	for _, name := range lifeChancesFund() {
		p := own
		if name != own.Name {
			if p, err = libraryProgramme(name); err != nil {
				return nil, err
			}
		}
		all = append(all, p)
	}
	if !slices.Contains(all, own) {
		all = append([]*model.Programme{own}, all...)
	}
	var entries []plot.Entry
	for _, p := range all {
		r, err := centralOf(d.to.ctx, p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Name, err)
		}
		entries = append(entries, plot.Entry{Programme: p, Result: r})
	}
	return plot.Programmes(entries...)
}

func libraryProgramme(name string) (*model.Programme, error) {
	document, err := scenario.Open(name)
	if err != nil {
		return nil, err
	}
	return document.Programme("")
}

// centralOf runs a programme for its central projection, which needs no more
// than two replications.
func centralOf(ctx context.Context, p *model.Programme) (*montecarlo.Result, error) {
	return montecarlo.Run(ctx, p, montecarlo.Options{Replications: 2, TotalsOnly: true})
}
