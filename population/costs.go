package population

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Cost is what a week in a state costs a council.
type Cost struct {
	State   string          `json:"state"`
	Weekly  decimal.Decimal `json:"weekly"` // £
	Assumed bool            `json:"assumed,omitempty"`
	Source  string          `json:"source,omitempty"`
}

// DefaultCosts are unit costs to start from, in constant prices of their source. Only two
// are published, both as bounds; the others are assumptions, and say so.
func DefaultCosts() []Cost {
	const goLab = "GO Lab case study of DN2, December 2022"
	pounds := func(n int64) decimal.Decimal { return decimal.NewFromInt(n) }
	return []Cost{
		{State: "adoption placement", Weekly: pounds(100), Assumed: true, Source: "as support at home; nothing was found"},
		{State: "foster", Weekly: pounds(1000), Source: goLab + `: "average cost less than £1,000 per week"`},
		{State: "home under an order", Weekly: pounds(100), Assumed: true, Source: "support at home; nothing was found, and £50 to £250 is tested elsewhere"},
		{State: "other", Weekly: pounds(1000), Assumed: true, Source: "as foster; placements of many kinds"},
		{State: "residential", Weekly: pounds(4000), Source: goLab + `: "average cost over £4,000 per week"`},
		{State: "secure", Weekly: pounds(4000), Assumed: true, Source: "as residential, and so a lower bound; nothing was found"},
		{State: "supported", Weekly: pounds(1200), Assumed: true, Source: "our judgement; nothing was found"},
	}
}

// costs finds a cost for every state in care: the one given, else the default.
func (p *Population) costs(given []Cost) ([]Cost, error) {
	var (
		all    []Cost
		faults []error
	)
	for _, c := range given {
		if i := p.moves.place(c.State); i < 0 || i >= p.moves.inCare {
			faults = append(faults, fmt.Errorf("a cost of %q: no child is or was in such a state: %s", c.State, strings.Join(p.States, ", ")))
		}
		if c.Weekly.IsNegative() {
			faults = append(faults, fmt.Errorf("the cost of a week in %s is %s: give £0 or more", c.State, c.Weekly))
		}
	}
	for _, state := range p.States {
		found := false
		for _, list := range [][]Cost{given, DefaultCosts()} {
			for _, c := range list {
				if c.State == state && !found {
					all, found = append(all, c), true
				}
			}
		}
		if !found {
			faults = append(faults, fmt.Errorf("nothing says what a week in %s costs: give its cost", state))
		}
	}
	return all, errors.Join(faults...)
}

// apart refuses a cost that was given for one of several states that are shown together:
// two runs with different costs would tell them apart.
func (f *forecasting) apart() error {
	var faults []error
	for _, l := range f.all[1:f.simulated] {
		for _, c := range f.Options.Costs {
			if len(l.states) > 1 && slices.Contains(l.states, f.moves.place(c.State)) {
				faults = append(faults, fmt.Errorf("a cost of %s: few children are there today, or in a state that it is shown with, and what two costs lead to would tell how many; leave it out, or show small counts (--no-suppress) and keep them inside the council", c.State))
			}
		}
	}
	return errors.Join(faults...)
}
