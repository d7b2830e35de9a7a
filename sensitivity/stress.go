package sensitivity

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/enum"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Stresses is a case beside the same case under each of several stresses.
type Stresses struct {
	Programme  string     `json:"programme"`
	Title      string     `json:"title"`
	Case       string     `json:"case"`
	Party      string     `json:"party"` // whose loss, hurdle and rate of return these are
	Unstressed Stressed   `json:"unstressed"`
	Stressed   []Stressed `json:"stressed"` // in the order of the file, or as asked for
	// LeftOut are stresses that fit the file and not this version of it: one
	// that changes a setting which an edit has taken out, for example.
	LeftOut []string `json:"left_out,omitempty"`
	// Conventions are those of the unstressed run. A stress that moves the
	// end of the programme has a later horizon.
	Conventions montecarlo.Conventions `json:"conventions"`
	Cautions    []string               `json:"cautions,omitempty"` // the programme's own
}

// Stressed is what one stress does to a case. Amounts are in £.
type Stressed struct {
	Name string `json:"name,omitempty"` // empty for the unstressed case
	Note string `json:"note,omitempty"` // what it stands for
	Capital
	Payments  montecarlo.Summary `json:"payments"`   // for outcomes
	NetPublic montecarlo.Summary `json:"net_public"` // gross avoided cost less all payments
	// SurplusChange and FacilityChange are by how much the stress changes
	// surplus and facility needed, with the same luck; 0 for the unstressed.
	SurplusChange  Difference `json:"surplus_change"`
	FacilityChange Difference `json:"facility_change"`
}

// Stress runs a case as it is and under each of the named stresses, all with the
// same luck. Nil stands for all stresses that fit the programme; see
// [scenario.Document.Stresses].
//
// A programme without delivery terms gives an error that wraps
// [finance.ErrNoDelivery], an unknown stress a *[scenario.NameError].
func Stress(ctx context.Context, d *scenario.Document, names []string, o Options) (*Stresses, error) {
	chosen, err := choose(d, names)
	if err != nil {
		return nil, err
	}
	p, err := o.programme(d)
	if err != nil {
		return nil, err
	}
	if err := needDelivery(p); err != nil {
		return nil, err
	}
	runs := newRunner(o.Run, 1+len(chosen))
	base, err := runs.run(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("unstressed: %w", err)
	}
	s := &Stresses{
		Programme: base.Programme, Title: base.Title, Case: base.Case, Party: o.party(), Conventions: base.Conventions, Cautions: base.Cautions,
		Unstressed: stressed(base, base, scenario.CaseInfo{}, o.party()),
	}
	for _, info := range chosen {
		r, err := stress(ctx, d, info.Name, o, runs)
		if _, misfit := errors.AsType[*model.Fault](err); misfit && names == nil && info.Name != scenario.AllAtOnce {
			s.LeftOut = append(s.LeftOut, info.Name)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("stress %q: %w", info.Name, err)
		}
		s.Stressed = append(s.Stressed, stressed(r, base, info, o.party()))
	}
	return s, nil
}

// choose describes the stresses of the given names; all that fit if nil.
func choose(d *scenario.Document, names []string) ([]scenario.CaseInfo, error) {
	all := d.Stresses()
	if names == nil {
		return all, nil
	}
	var chosen []scenario.CaseInfo
	for _, name := range names {
		if _, err := d.Stress(name); err != nil {
			return nil, err
		}
		i := slices.IndexFunc(all, func(info scenario.CaseInfo) bool { return info.Name == name })
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

func stress(ctx context.Context, d *scenario.Document, name string, o Options, runs *runner) (*montecarlo.Result, error) {
	edits, err := d.Stress(name)
	if err != nil {
		return nil, err
	}
	p, err := o.programme(d, edits...)
	if err != nil {
		return nil, err
	}
	return runs.run(ctx, p)
}

func stressed(r, base *montecarlo.Result, info scenario.CaseInfo, party string) Stressed {
	payments, _ := r.Total(montecarlo.Payments, "")
	public, _ := r.Total(montecarlo.NetPublic, "")
	return Stressed{
		Name: info.Name, Note: info.Note, Capital: capitalOf(r, party), Payments: payments, NetPublic: public,
		SurplusChange:  difference(r, base, montecarlo.Measure{Name: montecarlo.Surplus}),
		FacilityChange: difference(r, base, montecarlo.Measure{Name: montecarlo.FacilityNeeded}),
	}
}

// Order is what makes one stress worse than another.
type Order int

// The orders. There is none by rate of return: a stress bad enough leaves no
// rate at all in the worst replications, and the quantiles of the rest look well.
const (
	ByFacility  Order = iota // the larger the facility needed in 95% of replications
	BySurplus                // the smaller the mean surplus
	ByShortfall              // the likelier that the facility is not enough; of equals, by facility
	ByHurdle                 // the likelier that the hurdle is missed; of equals, by surplus
)

var orderNames = []string{"facility", "surplus", "shortfall", "hurdle"}

// String returns the order in a word.
func (o Order) String() string { return enum.Name(o, orderNames) }

// MarshalText writes the order in a word.
func (o Order) MarshalText() ([]byte, error) { return enum.Marshal(o, orderNames, "order") }

// UnmarshalText reads an order; the error lists the valid words.
func (o *Order) UnmarshalText(text []byte) error {
	return enum.Unmarshal(o, text, orderNames, "order")
}

// WorstFirst returns the stresses in order of what they do, the worst first and
// equals as they stand. The unstressed case is not among them.
func (s *Stresses) WorstFirst(by Order) []Stressed {
	sorted := slices.Clone(s.Stressed)
	slices.SortStableFunc(sorted, func(a, b Stressed) int {
		facility := cmp.Compare(quantile(b.FacilityNeeded, p95), quantile(a.FacilityNeeded, p95))
		surplus := cmp.Compare(a.Surplus.Mean, b.Surplus.Mean)
		switch by {
		case BySurplus:
			return surplus
		case ByShortfall:
			return cmp.Or(cmp.Compare(b.Short.Probability, a.Short.Probability), facility)
		case ByHurdle:
			return cmp.Or(cmp.Compare(b.Misses.Probability, a.Misses.Probability), surplus)
		}
		return facility
	})
	return sorted
}
