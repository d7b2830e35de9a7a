package population

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Options say how far ahead to look, and how.
type Options struct {
	Years int // financial years, 1 to 6; 0: 4
	// Replications of all children, for ranges; 0: none, expectations and standard
	// deviations alone, which are exact.
	Replications int
	Seed         uint64
	Levers       []Lever
	Costs        []Cost // in place of [DefaultCosts], state by state
	// Suppress keeps out what tells that 1 to 5 children were in a state or of an age on
	// the last day: small states are one, and some lines by age are left out.
	Suppress bool
	Workers  int // 0: one for each processor
	// Programme is one of which the council's children are to be part, or nil; Council is
	// the name in it of the one whose children are counted, empty for all of them.
	Programme *model.Programme
	Council   string
}

// Quantiles are those of every range: the ends and the middle of the 95, 90, 80 and 50%
// ranges.
func Quantiles() []float64 { return []float64{0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975} }

// Forecast is where children will be, and what that costs.
type Forecast struct {
	Start        calendar.Date            `json:"start"` // end of the last day seen
	Years        []calendar.FinancialYear `json:"years"`
	Replications int                      `json:"replications"`
	Seed         uint64                   `json:"seed"`
	// Stock is the children in care on the last 31 March and on those to come: all, by
	// state, by age, by state and age. Lines by age have no ranges.
	Stock  []Stock  `json:"stock"`
	Hidden int      `json:"hidden,omitempty"` // lines by state and age that are left out
	Costs  []Cost   `json:"costs"`
	Spend  []Spend  `json:"spend"` // by state, the first line being all
	Levers []Saving `json:"levers,omitempty"`
	With   *With    `json:"with_programme,omitempty"`
}

// Stock is the children of one line.
type Stock struct {
	State string         `json:"state,omitempty"` // empty: all in care
	Age   *estimate.Band `json:"age,omitempty"`   // nil: of any age
	Today int            `json:"today"`
	Years []Figure       `json:"years"`
}

// Figure is one figure of the forecast: children, or £ in constant prices.
type Figure struct {
	// Expected is exact at the estimated rates.
	Expected float64 `json:"expected"`
	// ChanceSD is the exact standard deviation that chance alone gives a number of
	// children; 0 for amounts.
	ChanceSD float64 `json:"chance_sd,omitempty"`
	// Range holds the [Quantiles] from chance and rates together, Chance those from chance
	// alone; empty without replications.
	Range  []float64 `json:"range,omitempty"`
	Chance []float64 `json:"chance,omitempty"`
	// Mean and SD are of the replications, rates and chance together.
	Mean float64 `json:"mean,omitempty"`
	SD   float64 `json:"sd,omitempty"`
}

// Spend is what the children of one line cost by financial year, £ in the prices of the
// unit costs. A week that lies in two years is divided between them by its days.
type Spend struct {
	State string   `json:"state,omitempty"`
	Years []Figure `json:"years"`
	Total Figure   `json:"total"`
}

// Saving is what a lever saves: the cost without it less the cost with it, for the same
// children.
type Saving struct {
	Lever Lever     `json:"lever"`
	Years []Figure  `json:"years"`
	Total Figure    `json:"total"`
	Stock []float64 `json:"stock"` // expected change at the end of the last year: all, then by state, in the order of the forecast's lines
}

// Forecast forecasts. Without replications it is exact and takes a fraction of a second.
// The error is of the options, or that of the context.
func (p *Population) Forecast(ctx context.Context, o Options) (*Forecast, error) {
	if o.Years == 0 {
		o.Years = 4
	}
	if o.Years < 1 || o.Years > 6 || o.Replications < 0 {
		return nil, fmt.Errorf("%d years and %d replications: give 1 to 6 years, and 0 replications or more", o.Years, o.Replications)
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	costs, err := p.costs(o.Costs)
	if err != nil {
		return nil, err
	}
	scenarios := []scenario{}
	for _, l := range append([]Lever{{Name: "nothing changes"}}, o.Levers...) {
		s, err := p.scenario(l)
		if err != nil {
			return nil, err
		}
		scenarios = append(scenarios, s)
	}
	f := &forecasting{Population: p, Options: o, grid: newGrid(p.Settings.To, o.Years), scenarios: scenarios}
	for _, c := range costs {
		f.weekly = append(f.weekly, c.Weekly.InexactFloat64())
	}
	f.all, f.simulated, f.hidden = p.lines(o.Suppress)
	if o.Suppress && estimate.Small(f.all[0].today) {
		return nil, errors.New("1 to 5 children are in care: every figure would point to somebody")
	}
	if err := f.apart(); err != nil {
		return nil, err
	}
	f.states = p.stateLines(false)
	for _, s := range scenarios {
		e, err := p.expect(ctx, f.grid, slices.Concat(f.all, f.states), s)
		if err != nil {
			return nil, err
		}
		f.exact = append(f.exact, e)
	}
	if o.Replications > 0 {
		s := newSimulation(p, f.grid, f.all[:f.simulated], scenarios, f.weekly, o.Seed)
		if f.drawn, err = s.run(ctx, o.Replications, o.Workers, true); err != nil {
			return nil, err
		}
		if f.chance, err = s.run(ctx, o.Replications, o.Workers, false); err != nil {
			return nil, err
		}
	}
	out := &Forecast{
		Start: p.Settings.To, Years: f.grid.years, Replications: o.Replications, Seed: o.Seed, Hidden: f.hidden, Costs: costs,
		Stock: f.stock(), Spend: f.spend(),
	}
	for i, l := range o.Levers {
		out.Levers = append(out.Levers, f.saving(l, i+1))
	}
	out.With, err = f.with()
	return out, err
}

// forecasting is a forecast while it is put together.
type forecasting struct {
	*Population
	Options

	grid          *grid
	scenarios     []scenario
	weekly        []float64 // £ by state
	all           []line
	states        []line // each state in care, shown or not; expectations have them after all
	simulated     int    // lines that are
	hidden        int
	exact         []*exact
	drawn, chance *replicated // nil without replications
}

// stock lists the lines.
func (f *forecasting) stock() []Stock {
	var all []Stock
	for i, l := range f.all {
		s := Stock{State: l.name, Age: l.age, Today: l.today}
		for y := range f.grid.years {
			x := Figure{Expected: f.exact[0].mean[y][i], ChanceSD: f.exact[0].sd[y][i]}
			if i < f.simulated {
				f.spread(&x, func(r *replicated) []float64 { return r.stock[y*f.simulated+i] })
			}
			s.Years = append(s.Years, x)
		}
		all = append(all, s)
	}
	return all
}

// spread adds ranges to a figure.
func (f *forecasting) spread(x *Figure, values func(*replicated) []float64) {
	if f.drawn == nil {
		return
	}
	of := values(f.drawn)
	x.Mean, x.SD = stat.MeanStdDev(of, nil)
	x.Range, x.Chance = quantiles(of), quantiles(values(f.chance))
}

func quantiles(values []float64) []float64 {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	var all []float64
	for _, q := range Quantiles() {
		all = append(all, sorted[orderstatistic.At(len(sorted), q)])
	}
	return all
}

// cost is the expected cost of a year in some states.
func (f *forecasting) cost(scenario, year int, states []int) float64 {
	sum := 0.0
	for _, s := range states {
		sum += f.exact[scenario].weeks[year][s] * f.weekly[s]
	}
	return sum
}

// spend lists costs for the same lines as the stock.
func (f *forecasting) spend() []Spend {
	var all []Spend
	for _, l := range f.all[:f.simulated] {
		s := Spend{State: l.name}
		var rows []int
		for y := range f.grid.years {
			x := Figure{Expected: f.cost(0, y, l.states)}
			var own []int
			for _, state := range l.states {
				own = append(own, y*f.moves.inCare+state)
			}
			f.spread(&x, func(r *replicated) []float64 { return added(r.cost, own) })
			s.Years, rows = append(s.Years, x), append(rows, own...)
			s.Total.Expected += x.Expected
		}
		f.spread(&s.Total, func(r *replicated) []float64 { return added(r.cost, rows) })
		all = append(all, s)
	}
	return all
}

// added are the sums of some figures in each replication.
func added(figures [][]float64, of []int) []float64 {
	sum := make([]float64, len(figures[0]))
	for _, i := range of {
		for r, x := range figures[i] {
			sum[r] += x
		}
	}
	return sum
}

// saving is what scenario i saves.
func (f *forecasting) saving(l Lever, i int) Saving {
	s := Saving{Lever: l}
	years := len(f.grid.years)
	var rows []int
	for y := range years {
		x := Figure{Expected: f.cost(0, y, f.all[0].states) - f.cost(i, y, f.all[0].states)}
		own := (i-1)*years + y
		f.spread(&x, func(r *replicated) []float64 { return r.saving[own] })
		s.Years, rows = append(s.Years, x), append(rows, own)
		s.Total.Expected += x.Expected
	}
	f.spread(&s.Total, func(r *replicated) []float64 { return added(r.saving, rows) })
	for j := range f.all[:f.simulated] {
		s.Stock = append(s.Stock, f.exact[i].mean[years-1][j]-f.exact[0].mean[years-1][j])
	}
	return s
}
