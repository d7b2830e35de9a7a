package population

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

// With is what a programme changes of the expected numbers and costs of a forecast. Its
// children are taken to be among those of the forecast, and the forecast to be what
// happens without it. What is added is the difference that the programme's own file makes:
// its expected child-weeks with it less those without it, by state and quarter, in and
// after its tracking window, as if it began on the first day of the forecast. A child who
// is home, on the edge of care or has left is not in care.
type With struct {
	Programme string  `json:"programme"`
	Council   string  `json:"council,omitempty"` // whose children alone; empty: all
	Referred  float64 `json:"referred"`          // children expected within the years
	// Stock is the change of each line of the forecast's stock without an age, by year: the
	// mean of January to March.
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
	counted, err := expect.Of(p)
	if err != nil {
		return nil, err
	}
	c := counted.Counts
	if have, want := len(c.Shape.Quarters), 4*len(f.grid.years); have < want {
		return nil, fmt.Errorf("%s is modelled for %d quarters, and the forecast is of %d: give %d years at most", p.Name, have, want, have/4)
	}
	places, err := f.placesOf(p)
	if err != nil {
		return nil, err
	}
	councils, err := f.councilsOf(c.Shape.Commissioners)
	if err != nil {
		return nil, err
	}
	w := &With{Programme: p.Name, Council: f.Council, Stock: table(f.simulated, len(f.grid.years)), Cost: make([]float64, len(f.grid.years))}
	for cohort := range c.Shape.Cohorts {
		for _, council := range councils {
			for _, n := range c.ReferredIn(cohort, council)[:4*len(f.grid.years)] {
				w.Referred += n
			}
		}
	}
	own := f.changes(c, councils, places)
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
// each state, shown or not.
func (f *forecasting) fits(w *With, own changed) error {
	for y := range f.grid.years {
		if expected, change := f.exact[0].mean[y][0], w.Stock[0][y]; expected+change < 0 {
			return f.tooLarge(w.Programme, f.all[0], y, expected, change)
		}
		for s, l := range f.states {
			expected, change := f.exact[0].mean[y][len(f.all)+s], own.stock[y][s]
			if expected+change < 0 || f.exact[0].weeks[y][s]+own.weeks[y][s] < 0 {
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

// changed is what a programme changes by year and state in care: children, as the mean of
// January to March, and child-weeks.
type changed struct{ stock, weeks [][]float64 }

// changes are the differences that some councils' children make.
func (f *forecasting) changes(c *contract.Expected, councils, places []int) changed {
	own := changed{table(len(f.grid.years), len(f.states)), table(len(f.grid.years), len(f.states))}
	for cohort := range c.Shape.Cohorts {
		for _, council := range councils {
			for state, place := range places {
				if place >= 0 {
					own.add(c, cohort, council, state, place)
				}
			}
		}
	}
	return own
}

// add adds the difference that one cohort of one council makes in one state.
func (own changed) add(c *contract.Expected, cohort, council, state, place int) {
	for _, window := range []contract.Window{contract.Tracking, contract.AfterTracking} {
		with := c.WeeksIn(window, contract.Intervention, cohort, council, state)
		without := c.WeeksIn(window, contract.Counterfactual, cohort, council, state)
		for q := range 4 * len(own.weeks) {
			weeks := with[q] - without[q]
			own.weeks[q/4][place] += weeks
			if q%4 == 3 {
				quarter := c.Shape.Quarters[q]
				own.stock[q/4][place] += weeks * 7 / float64(quarter.Last().Sub(quarter.First())+1)
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
