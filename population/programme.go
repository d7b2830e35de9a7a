package population

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

// With is what a programme changes of the expected numbers and costs of a forecast. Its
// children are taken to be among those of the forecast, and the forecast to be what
// happens without it. What is added is the difference that the programme's own file makes:
// its expected child-weeks with it less those without it, by state and quarter, in and
// after its tracking window, as if it began on the first day of the forecast, whatever its
// own first day. A week that lies in two quarters is divided between them by its days. A
// child who is home, on the edge of care or has left is not in care.
type With struct {
	Programme string  `json:"programme"`
	Council   string  `json:"council,omitempty"` // whose children alone; empty: all
	Referred  float64 `json:"referred"`          // children expected within the years
	// Stock is the change of each line of the forecast's stock without an age, by year: the
	// mean of the days of January to March.
	Stock [][]float64 `json:"stock"`
	// Cost is the change of what care costs by year, £ at the forecast's unit costs,
	// without what the programme is paid.
	Cost []float64 `json:"cost"`
}

// outOfCare are the states of programmes in which nobody is looked after.
var outOfCare = []string{"edge of care", "reunified", "left care"}

// with works out what a programme changes.
func (f *forecasting) with() (*With, error) {
	p := f.Programme
	if p == nil {
		return nil, nil
	}
	b, err := f.begin(p)
	if err != nil {
		return nil, err
	}
	places, err := f.placesOf(p)
	if err != nil {
		return nil, err
	}
	councils, err := f.councilsOf(b.starts[0].Shape.Commissioners)
	if err != nil {
		return nil, err
	}
	w := &With{Programme: p.Name, Council: f.Council, Stock: table(f.simulated, len(f.grid.years)), Cost: make([]float64, len(f.grid.years))}
	for cohort := range p.Cohorts {
		for _, council := range councils {
			for _, n := range b.mean(func(c *contract.Expected) []float64 { return c.ReferredIn(cohort, council) }) {
				w.Referred += n
			}
		}
	}
	own := f.changes(b, councils, places)
	for y := range f.grid.years {
		for s := range f.states {
			w.Cost[y] += own.weeks[y][s] * f.weekly[s]
		}
		for i, l := range f.all[:f.simulated] {
			for _, s := range l.states {
				w.Stock[i][y] += own.stock[y][s]
			}
		}
	}
	return w, f.fits(w, own)
}

// fits refuses a programme that takes more children or weeks out of care, or out of a
// state, than are expected there: it cannot be one of this council's children. It looks at
// each state, shown or not. Where nobody is expected a programme changes nothing, but for
// rounding.
func (f *forecasting) fits(w *With, own changed) error {
	const nobody = -1e-9
	for y := range f.grid.years {
		if expected, change := f.exact[0].mean[y][0], w.Stock[0][y]; expected+change < nobody {
			return f.tooLarge(w.Programme, f.all[0], y, expected, change)
		}
		for s, l := range f.states {
			expected, change := f.exact[0].mean[y][len(f.all)+s], own.stock[y][s]
			if expected+change < nobody || f.exact[0].weeks[y][s]+own.weeks[y][s] < nobody {
				return f.tooLarge(w.Programme, l, y, expected, change)
			}
		}
	}
	return nil
}

// tooLarge says that a programme does not fit, with figures where they point to nobody.
func (f *forecasting) tooLarge(programme string, l line, year int, expected, change float64) error {
	const remedy = "its children cannot be among them; give a programme of the council's size, or one council's part of it"
	const fewest = 6 // children of which a figure points to nobody
	march, where := int(f.grid.years[year])+1, l.name
	if where == "" {
		where = "care"
	}
	if f.Suppress && where != "care" && !slices.ContainsFunc(f.all[:f.simulated], func(shown line) bool { return shown.name == where }) {
		where = "a state that is shown with others"
	}
	if f.Suppress || l.today < fewest || expected+change >= 0 {
		return fmt.Errorf("%s takes more children out of %s in the year to March %d than the council expects there without it: %s", programme, where, march, remedy)
	}
	return fmt.Errorf("%s has %.1f fewer children in %s in March %d, and the council expects %.1f there without it: %s", programme, -change, where, march, expected, remedy)
}

// begun is what a programme is expected to come to if it begins on the first day of the
// forecast. Expectations count a week in the quarter of its last day. So it begins seven
// times, on that day and on each of the six before: over the seven, a week that lies in two
// quarters is counted in each of them as often as it has days there.
type begun struct {
	starts   []*contract.Expected
	quarters []calendar.Quarter // of the forecast
	years    []int              // of the forecast, by quarter
	days     []float64          // of the forecast, by quarter
	weeks    []float64          // of the programme, by quarter
}

// begin lets a programme begin on the first day of the forecast.
func (f *forecasting) begin(p *model.Programme) (*begun, error) {
	first, years := f.grid.start.AddDays(1), len(f.grid.years)
	end := calendar.NewDate(int(f.grid.years[0])+years, 3, 31)
	if days := end.Sub(first) + 1; 7*(p.Weeks+1) <= days { // a year has no whole number of weeks
		return nil, fmt.Errorf("%s is modelled for %d weeks, and the forecast is of %d: give %d years at most", p.Name, p.Weeks, days/7, wholeYears(first, p.Weeks))
	}
	b := &begun{}
	for q := first.Quarter(); !q.First().After(end); q = q.Add(1) {
		b.quarters = append(b.quarters, q)
		b.years = append(b.years, int(q.FinancialYear()-f.grid.years[0]))
		b.days = append(b.days, float64(q.Last().Sub(q.First())+1-max(0, first.Sub(q.First()))))
	}
	var calendars []calendar.Weeks
	for earlier := range 7 {
		moved := lives(p)
		moved.Start = first.AddDays(-earlier)
		e, err := expect.Of(moved)
		if err != nil {
			return nil, err
		}
		b.starts = append(b.starts, e.Counts)
		calendars = append(calendars, moved.Calendar())
	}
	for _, q := range b.quarters {
		weeks := 0
		for _, c := range calendars {
			weeks += c.Through(q.Last()) - c.Through(q.Add(-1).Last())
		}
		b.weeks = append(b.weeks, float64(weeks)/7)
	}
	return b, nil
}

// wholeYears are the financial years of a forecast from a day on that so many weeks fill,
// to within the days of one.
func wholeYears(first calendar.Date, weeks int) int {
	return int(first.AddDays(7*weeks+6).FinancialYear() - first.FinancialYear())
}

// lives is what of a programme decides where its children are in each week since it
// began. The rest has dates that its first day cannot leave behind, such as those of
// payments, and changes nobody's weeks.
func lives(p *model.Programme) *model.Programme {
	l := &model.Programme{
		Name: p.Name, Weeks: p.Weeks, Commissioners: p.Commissioners, States: p.States,
		Background: p.Background, Ages: p.Ages, Cohorts: p.Cohorts,
	}
	// A programme without metrics still needs a payer, and every state a price.
	l.Contract.Payers = []contract.Payer{{Name: contract.ClaimingCommissioner, Shares: []contract.DatedShare{{Share: decimal.New(1, 0)}}}}
	for _, s := range p.States {
		if s.Name != model.LeftCare && s.Parent == "" {
			l.UnitCosts = append(l.UnitCosts, contract.UnitCost{State: s.Name})
		}
	}
	return l
}

// mean is the mean of a figure over the seven, by quarter of the forecast.
func (b *begun) mean(of func(*contract.Expected) []float64) []float64 {
	mean := make([]float64, len(b.quarters))
	for _, c := range b.starts {
		figure := of(c)
		for i, q := range b.quarters {
			if at := q.Sub(c.Shape.Quarters[0]); at >= 0 && at < len(figure) {
				mean[i] += figure[at] / 7
			}
		}
	}
	return mean
}

// changed is what a programme changes by year and state in care: children, as the mean of
// the days of January to March, and child-weeks.
type changed struct{ stock, weeks [][]float64 }

// changes are the differences that some councils' children make.
func (f *forecasting) changes(b *begun, councils, places []int) changed {
	own := changed{table(len(f.grid.years), len(f.states)), table(len(f.grid.years), len(f.states))}
	for cohort := range f.Programme.Cohorts {
		for _, council := range councils {
			for state, place := range places {
				if place >= 0 {
					own.add(b, cohort, council, state, place)
				}
			}
		}
	}
	return own
}

// add adds the difference that one cohort of one council makes in one state.
func (own changed) add(b *begun, cohort, council, state, place int) {
	for _, window := range []contract.Window{contract.Tracking, contract.AfterTracking} {
		in := func(arm contract.Arm) []float64 {
			return b.mean(func(c *contract.Expected) []float64 { return c.WeeksIn(window, arm, cohort, council, state) })
		}
		with, without := in(contract.Intervention), in(contract.Counterfactual)
		for q, year := range b.years {
			// Days after the programme's last week, at most six, are as the others of their quarter.
			children := (with[q] - without[q]) / b.weeks[q]
			own.weeks[year][place] += children * b.days[q] / 7
			if b.quarters[q].Last().Month() == time.March {
				own.stock[year][place] += children
			}
		}
	}
}

// placesOf are the forecast's states for those of a programme; -1 for one out of care. A
// planned state is its parent.
func (f *forecasting) placesOf(p *model.Programme) ([]int, error) {
	var places []int
	for _, s := range p.States {
		name := s.Name
		if s.Parent != "" {
			name = s.Parent
		}
		place := f.moves.place(name)
		switch {
		case slices.Contains(outOfCare, name):
			place = -1
		case place < 0 || place >= f.moves.inCare:
			return nil, fmt.Errorf("%s has children in %s, a state that no child of the council was in: %s", p.Name, name, strings.Join(f.States, ", "))
		}
		places = append(places, place)
	}
	return places, nil
}

// councilsOf are the places of the councils whose children are counted.
func (f *forecasting) councilsOf(names []string) ([]int, error) {
	var all []int
	for i, name := range names {
		if f.Council == "" || name == f.Council {
			all = append(all, i)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s has no council %q: %s", f.Programme.Name, f.Council, strings.Join(names, ", "))
	}
	return all, nil
}
