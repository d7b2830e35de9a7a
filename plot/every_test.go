package plot

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/population"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// subject is what a chart is drawn of: a case of a programme, its projection and a
// short run.
type subject struct {
	version    *scenario.Version
	projection *montecarlo.Projection
	result     *montecarlo.Result
	drivers    []sensitivity.Driver
}

// errNoDriver says that a curve cannot be had, because no driver fits.
var errNoDriver = errors.New("no such driver")

// charts are all charts, by the function that draws them.
func charts() map[string]func(subject) (*Figure, error) {
	return map[string]func(subject) (*Figure, error){
		"Achievements":       ofResult(Achievements),
		"Payments":           ofResult(Payments),
		"CumulativePayments": ofResult(CumulativePayments),
		"NetSaving":          ofResult(NetSaving),
		"CapitalPosition":    ofResult(CapitalPosition),
		"CapitalRequirement": ofResult(CapitalRequirement),
		"SavesMoreThan":      func(s subject) (*Figure, error) { return SavesMoreThan(s.result) },
		"Waterfall":          func(s subject) (*Figure, error) { return Waterfall(s.result) },
		"CouncilWaterfall": func(s subject) (*Figure, error) {
			return CouncilWaterfall(s.version.Programme.Commissioners[0].Name, s.result)
		},
		"Occupancy":                   func(s subject) (*Figure, error) { return Occupancy("", s.projection) },
		"Survival":                    func(s subject) (*Figure, error) { return Survival("", s.projection) },
		"Population":                  ofPopulation,
		"PublishedPayments":           ofPublished(PublishedPayments, func(p *model.Programme) bool { return len(p.Published.Plans)+len(p.Published.Actual) > 0 }),
		"PublishedCumulativePayments": ofPublished(PublishedCumulativePayments, func(p *model.Programme) bool { return len(p.Published.Plans)+len(p.Published.Actual) > 0 }),
		"PublishedAchievements":       ofPublished(PublishedAchievements, func(p *model.Programme) bool { return len(p.Published.Results) > 0 }),
		"PublishedProgrammes":         func(s subject) (*Figure, error) { return PublishedProgrammes(s.version.Programme) },
		"Programmes":                  func(s subject) (*Figure, error) { return Programmes(s.projection) },
		"Returns":                     func(s subject) (*Figure, error) { return Returns("", s.result) },
		"ShortfallCurve":              ofCurve(ShortfallCurve, sensitivity.DeliveryCost),
		"SavingCurve":                 ofCurve(SavingCurve, sensitivity.ResidentialPrice, sensitivity.ResidentialCost),
		"DeadweightCurve":             ofCurve(DeadweightCurve, sensitivity.WithoutProgramme, sensitivity.IntoSuccess),
		"Stresses":                    ofStresses,
		"StressGrid":                  ofGrid,
		"Tornado":                     ofInputs,
		"Indices":                     ofIndices,
		"Spider":                      ofSpider,
		"Value":                       ofValue,
		"Bridge":                      ofBridge,
		"Solved":                      ofSolved,
		"Reforecast":                  ofReforecast,
		"TwoInputs":                   ofTwoInputs,
	}
}

func ofResult(draw drawer) func(subject) (*Figure, error) {
	return func(s subject) (*Figure, error) { return draw(s.result) }
}

func ofCurve(draw func(...*sensitivity.Curved) (*Figure, error), names ...string) func(subject) (*Figure, error) {
	return func(s subject) (*Figure, error) {
		i := slices.IndexFunc(s.drivers, func(d sensitivity.Driver) bool { return slices.Contains(names, d.Name) })
		if i < 0 {
			return nil, errNoDriver
		}
		c, err := sensitivity.Curve(context.Background(), s.version, s.drivers[i], s.drivers[i].Values(3), fewRuns)
		if err != nil {
			return nil, err
		}
		return draw(c)
	}
}

// errUnpublished says that a programme has nothing published for a chart.
var errUnpublished = errors.New("nothing published")

func ofPublished(draw func(*model.Programme) (*Figure, error), has func(*model.Programme) bool) func(subject) (*Figure, error) {
	return func(s subject) (*Figure, error) {
		f, err := draw(s.version.Programme)
		if !has(s.version.Programme) && err != nil {
			return nil, errUnpublished
		}
		return f, err
	}
}

func ofStresses(s subject) (*Figure, error) {
	if s.version.Programme.Delivery == nil {
		return nil, finance.ErrNoDelivery
	}
	stresses, err := sensitivity.Stress(context.Background(), s.version, nil, fewRuns)
	if err != nil {
		return nil, err
	}
	return Stresses(stresses)
}

func ofGrid(s subject) (*Figure, error) {
	if len(s.drivers) < 2 {
		return nil, errNoDriver
	}
	if s.version.Programme.Delivery == nil {
		return nil, finance.ErrNoDelivery
	}
	g, err := sensitivity.Grid(context.Background(), s.version, s.drivers[0], s.drivers[1], []float64{0.8, 1}, []float64{1, 1.2}, fewRuns)
	if err != nil {
		return nil, err
	}
	return StressGrid(g, sensitivity.ByShortfall)
}

func ofSolved(s subject) (*Figure, error) {
	if len(s.drivers) == 0 {
		return nil, errNoDriver
	}
	goal, err := sensitivity.ReadGoal("outcome payments, mean at most £1m")
	if err != nil {
		return nil, err
	}
	solved, err := sensitivity.Solve(context.Background(), s.version, goal, s.drivers[0], fewRuns)
	if err != nil {
		return nil, err
	}
	return Solved(solved)
}

// ofPopulation draws an invented council with the first case of a programme, if its years
// and states allow it.
func ofPopulation(s subject) (*Figure, error) {
	if cases := s.version.Document().Cases(); len(cases) > 0 && cases[0].Name != s.version.Label() {
		return nil, errNoDriver
	}
	var all []estimate.Spell
	last := calendar.NewDate(2025, 4, 1)
	for child := range 60 {
		state, next := "foster", "residential"
		if child%3 == 0 {
			state, next = next, state
		}
		born, start := calendar.NewDate(2008+child%14, 5, 1), calendar.NewDate(2023, 6, 1).AddDays(9*child)
		all = append(all, estimate.Spell{Child: child, State: state, Next: next, Start: start, End: start.AddDays(90), Born: born})
		all = append(all, estimate.Spell{Child: child, State: next, Start: start.AddDays(90), End: last, Born: born})
	}
	p, err := population.FromSpells(all, population.Settings{From: calendar.NewDate(2020, 4, 1), To: last.AddDays(-1)})
	if err != nil {
		return nil, err
	}
	f, err := p.Forecast(context.Background(), population.Options{Years: 2, Replications: 20, Seed: 1, Programme: s.version.Programme})
	if err != nil {
		return nil, errNoDriver
	}
	return Population(f)
}

func ofInputs(s subject) (*Figure, error) {
	inputs := sensitivity.Inputs(s.version.Document())
	if !long() && s.version.Programme.Delivery == nil {
		inputs = inputs[:min(4, len(inputs))]
	}
	t, err := sensitivity.Tornado(s.version, contract.Constant, inputs, montecarlo.NetPublic)
	if err != nil {
		return nil, err
	}
	return Tornado(t)
}

func ofBridge(s subject) (*Figure, error) {
	to, err := s.version.With("", scenario.Times("cohorts.*.referrals.children", decimal.New(8, -1)), scenario.Times("unit costs.*", decimal.New(9, -1)))
	if err != nil {
		return nil, errNoDriver
	}
	b, err := sensitivity.Bridge(context.Background(), s.version, to, contract.Constant, montecarlo.Key{Name: montecarlo.NetPublic}, nil, 1)
	if err != nil {
		return nil, err
	}
	return Bridge(b)
}

// ofReforecast draws a forecast whose first half stands as the mean.
func ofReforecast(s subject) (*Figure, error) {
	paid, ok := montecarlo.Series{}, false
	for _, series := range s.result.Quarterly {
		if series.Name == montecarlo.Payments && series.Of == "" {
			paid, ok = series, true
		}
	}
	if !ok {
		return nil, errUnpublished
	}
	o := &calibrate.Outlook{Version: s.version, Evidence: 1, Draws: 100, Replications: 200}
	sum := 0.0
	for q, quarter := range s.result.Quarters {
		mean := paid.By[q].Mean
		sum += mean
		f := calibrate.Forecast{Mean: mean, Low: 0.8 * mean, High: 1.2 * mean, ChanceLow: 0.9 * mean, ChanceHigh: 1.1 * mean}
		one := calibrate.ReforecastQuarter{Quarter: quarter, Forecast: &f, ToDate: calibrate.Forecast{Mean: sum, Low: sum, High: sum, ChanceLow: sum, ChanceHigh: sum}}
		if q <= len(s.result.Quarters)/2 {
			one.Actual, one.Forecast, o.AsOf = &f.Mean, nil, quarter.Last()
		}
		o.Quarters = append(o.Quarters, one)
	}
	o.Later = []model.QuarterAmount{{Quarter: s.result.Quarters[len(s.result.Quarters)-1], Amount: decimal.NewFromInt(1000)}}
	return Reforecast(o)
}

func ofTwoInputs(s subject) (*Figure, error) {
	if len(s.drivers) < 2 {
		return nil, errNoDriver
	}
	g, err := sensitivity.GridOf(context.Background(), s.version, contract.Constant, montecarlo.Key{Name: montecarlo.NetPublic}, s.drivers[0].Name, s.drivers[1].Name)
	if err != nil {
		return nil, err
	}
	return TwoInputs(g)
}

func ofIndices(s subject) (*Figure, error) {
	measure := montecarlo.Key{Name: montecarlo.Avoided}
	if !sensitivity.HasIndices(s.version, measure) {
		return nil, errNoDriver
	}
	x, err := sensitivity.Indices(context.Background(), s.version, measure, fewRuns)
	if err != nil {
		return nil, err
	}
	return Indices(x)
}

func ofSpider(s subject) (*Figure, error) {
	measure := montecarlo.Key{Name: montecarlo.NetPublic}
	if !sensitivity.HasIndices(s.version, measure) {
		return nil, errNoDriver
	}
	r, err := montecarlo.Run(context.Background(), s.version, montecarlo.Options{Seed: 1, Replications: 40, TotalsOnly: true, Undivided: true})
	if err != nil {
		return nil, err
	}
	spider, err := sensitivity.Spider(context.Background(), r, measure)
	if err != nil {
		return nil, err
	}
	return Spider(spider)
}

func ofValue(s subject) (*Figure, error) {
	if len(s.version.Programme.Uncertain) == 0 {
		return nil, errNoDriver
	}
	v, err := sensitivity.Value(context.Background(), s.version, sensitivity.Valuing{
		Lives: 2, Studies: []sensitivity.Study{{Children: 50, Weeks: 26}}, Run: montecarlo.Options{Seed: 1, Replications: 200},
	})
	if err != nil {
		return nil, err
	}
	return Value(v, true)
}

// fewRuns are options that are quick.
var fewRuns = sensitivity.Options{Run: montecarlo.Options{Seed: 1, Replications: 16}}

func long() bool { return os.Getenv("EDGEOFCARE_LONG") != "" }

// Every chart can be drawn of every case of every programme of the library, and
// no text touches another. In short it is the first case of three programmes, which
// between them have ranges, capital, thirteen metrics and another currency;
// EDGEOFCARE_LONG=1 draws them all.
func TestEveryChartOfTheLibrary(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every chart of every programme")
	}
	titles := titlesSeen{}
	for _, info := range scenario.List() {
		name := info.Name
		if !long() && !slices.Contains([]string{"dn2", "newpin", "pyramid"}, name) {
			continue
		}
		document, err := scenario.Open(name)
		require.NoError(t, err)
		drivers := sensitivity.Drivers(document)
		for i, one := range document.Cases() {
			if i > 0 && !long() {
				break
			}
			v, err := document.Version(one.Name)
			require.NoError(t, err)
			s := subject{v, central(t, v), run(t, v, 60), drivers}
			for kind, draw := range charts() {
				if i > 0 && strings.HasPrefix(kind, "Published") { // which is the same in every case
					continue
				}
				t.Run(name+" "+one.Name+" "+kind, func(t *testing.T) {
					f, err := draw(s)
					if errors.Is(err, errNoDriver) || errors.Is(err, errUnpublished) || v.Programme.Delivery == nil && errors.Is(err, finance.ErrNoDelivery) {
						return
					}
					drawn(t, name+"-"+one.Name+"-"+kind, f, err)
					require.NotEmpty(t, f.Rows)
					require.NotEmpty(t, f.Summary)
					require.NoError(t, f.Write(io.Discard, CSV))
					titles.add(t, name, kind, f)
					checkLines(t, f)
				})
			}
		}
	}
}

// measured are charts whose title is still the name of what they measure.
var measured = []string{
	"Programmes", "PublishedProgrammes",
}

// titlesSeen are the charts drawn so far, by title, with their kind and setting.
type titlesSeen map[string][2]string

// add checks the title of a chart: one sentence without a full stop that fits on a
// line, and shared with no other chart of another kind, nor with one of the same
// kind and subtitle. The subtitle says what the ranges of a simulated chart cover.
func (seen titlesSeen) add(t *testing.T, programme, kind string, f *Figure) {
	t.Helper()
	if slices.Contains(measured, kind) {
		return
	}
	require.Regexp(t, `^[A-Z0-9£<>].*[^.]$`, f.Title)
	require.Len(t, wrap(bold(lettering(15, ink)), f.Title, defaultWidth-32), 1, f.Title)
	lines := strings.Split(f.Subtitle, "\n")
	if len(lines) == 3 {
		require.Regexp(t, `^Fitted to (payments|payments and results|what is published): `, lines[2])
		lines = lines[:2]
	}
	require.Len(t, lines, 2, "the measure, and the setting, and what was fitted")
	require.Regexp(t, `, [A-Z][a-z]+ \d{4} to [A-Z][a-z]+ \d{4}(;|$)`, lines[1], "place and period")
	require.Equal(t, strings.ContainsAny(f.Subtitle, "£$€") || strings.Contains(f.Subtitle, "% of replications"), strings.Contains(lines[1], "prices"), "prices")
	if strings.Contains(lines[0], "replications") && kind != "Payments" {
		require.Regexp(t, ` cover chance( alone| and rates|, and rates where they have ranges)$`, lines[0])
	}
	this := [2]string{kind, programme + f.Subtitle}
	if other, ok := seen[f.Title]; ok {
		require.Equal(t, kind, other[0], "two charts are called %q", f.Title)
		require.NotEqual(t, this[1], other[1], "two charts are called %q", f.Title)
	}
	seen[f.Title] = this
}

// No chart of the package is left out above.
func TestEveryChartIsDrawn(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every chart of every programme")
	}
	there := charts()
	for _, name := range chartFunctions(t) {
		assert.NotNil(t, there[name], "%s: add it to charts", name)
	}
}

// chartFunctions are the exported functions that return a figure.
func chartFunctions(t *testing.T) []string {
	t.Helper()
	files := token.NewFileSet()
	var names []string
	sources, err := fs.Glob(os.DirFS("."), "*.go")
	require.NoError(t, err)
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, source, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, declared := range file.Decls {
			if f, ok := declared.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.IsExported() && returnsFigure(f) {
				names = append(names, f.Name.Name)
			}
		}
	}
	require.Contains(t, names, "Waterfall")
	return names
}

func returnsFigure(f *ast.FuncDecl) bool {
	if f.Type.Results == nil || len(f.Type.Results.List) == 0 {
		return false
	}
	pointer, ok := f.Type.Results.List[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	name, ok := pointer.X.(*ast.Ident)
	return ok && name.Name == "Figure"
}
