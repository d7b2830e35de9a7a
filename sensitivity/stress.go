package sensitivity

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Stresses is a case beside the same case under each of several stresses.
type Stresses struct {
	Version    *scenario.Version `json:"version"`
	Party      string            `json:"party"` // whose loss, hurdle and rate of return these are
	Unstressed Stressed          `json:"unstressed"`
	Stressed   []Stressed        `json:"stressed"` // in the order of the file, or as asked for
	// LeftOut are stresses that fit the file but not this version of it: for
	// example, one that changes a setting which an edit has taken out.
	LeftOut []string `json:"left_out,omitempty"`
	// Conventions are those of the unstressed run. A stress that moves the
	// end of the programme has a later horizon.
	Conventions montecarlo.Conventions `json:"conventions"`
}

// Stressed is what one stress does to a case. Amounts are in £.
type Stressed struct {
	Name string `json:"name,omitempty"` // empty for the unstressed case
	Note string `json:"note,omitempty"` // what it stands for
	CapitalSummary
	Payments  montecarlo.Summary `json:"payments"`   // for outcomes
	NetPublic montecarlo.Summary `json:"net_public"` // gross avoided cost less all payments
	// SurplusChange and FacilityChange are by how much the stress changes
	// surplus and facility needed, replication by replication. They are empty
	// for the unstressed case.
	SurplusChange  montecarlo.Difference `json:"surplus_change,omitzero"`
	FacilityChange montecarlo.Difference `json:"facility_change,omitzero"`
}

// Stress runs a case as it is and under each of the named stresses, all with
// common random numbers. Nil names stand for all stresses that fit the programme;
// see [scenario.Document.Stresses].
//
// A programme without delivery terms gives an error that wraps
// [finance.ErrNoDelivery], an unknown stress a *[scenario.NameError].
func Stress(ctx context.Context, v *scenario.Version, names []string, o Options) (*Stresses, error) {
	if err := runnable(v); err != nil {
		return nil, err
	}
	if v.Document() == nil {
		return nil, scenario.ErrNoDocument
	}
	chosen, err := choose(v.Document(), names)
	if err != nil {
		return nil, err
	}
	runs, err := o.versions(v, 1+len(chosen))
	if err != nil {
		return nil, err
	}
	if err := needDelivery(v.Programme); err != nil {
		return nil, err
	}
	base, err := runs.run(ctx)
	if err != nil {
		return nil, fmt.Errorf("unstressed: %w", err)
	}
	s := &Stresses{Version: base.Version, Party: o.party(), Conventions: base.Conventions, Unstressed: stressed(base, scenario.CaseInfo{}, o.party())}
	for _, info := range chosen {
		one, err := runs.stressed(ctx, info, base)
		if _, misfit := errors.AsType[*model.Fault](err); misfit && names == nil && info.Name != scenario.AllAtOnce {
			s.LeftOut = append(s.LeftOut, info.Name)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("stress %q: %w", info.Name, err)
		}
		s.Stressed = append(s.Stressed, one)
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
		i := slices.IndexFunc(all, func(info scenario.CaseInfo) bool { return info.Name == name })
		if i < 0 {
			unknown := &scenario.NameError{What: "stress", Name: name}
			for _, info := range all {
				unknown.Valid = append(unknown.Valid, info.Name)
			}
			return nil, unknown
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

// stressed runs the version under one stress and compares it with the base.
func (v *versions) stressed(ctx context.Context, info scenario.CaseInfo, base *montecarlo.Result) (Stressed, error) {
	one, err := v.with(ctx, info.Name)
	if err != nil {
		return Stressed{}, err
	}
	s := stressed(one, info, v.options.party())
	s.SurplusChange, s.FacilityChange, err = changes(one, base)
	return s, err
}

func stressed(r *montecarlo.Result, info scenario.CaseInfo, party string) Stressed {
	payments, _ := r.Totals.Of(montecarlo.Payments)
	public, _ := r.Totals.Of(montecarlo.NetPublic)
	return Stressed{Name: info.Name, Note: info.Note, CapitalSummary: capitalOf(r, party), Payments: payments, NetPublic: public}
}

// changes compares surplus and facility needed under a stress with the base.
// Only these two are compared: a result has hundreds of totals.
func changes(r, base *montecarlo.Result) (surplus, facility montecarlo.Difference, err error) {
	of := func(r *montecarlo.Result) *montecarlo.Result {
		two := *r
		two.Totals = nil
		for _, measure := range []string{montecarlo.Surplus, montecarlo.FacilityNeeded} {
			total, _ := r.Totals.Of(measure)
			two.Totals = append(two.Totals, total)
		}
		return &two
	}
	compared, err := montecarlo.CompareResults([]*montecarlo.Result{of(base), of(r)}, "")
	if err != nil {
		return surplus, facility, err
	}
	surplus, _ = compared.Differences[0].Totals.Of(montecarlo.Surplus)
	facility, _ = compared.Differences[0].Totals.Of(montecarlo.FacilityNeeded)
	return surplus, facility, nil
}

// Order is what makes one stress worse than another. Empty means ByFacility.
type Order string

// The orders. There is none by rate of return: a stress bad enough leaves no rate
// at all in the worst replications, and the quantiles of the rest look good.
const (
	ByFacility  Order = "facility"  // the larger the facility needed for 95% confidence
	BySurplus   Order = "surplus"   // the smaller the mean surplus
	ByShortfall Order = "shortfall" // the likelier that the facility is not enough; of equals, by facility
	ByHurdle    Order = "hurdle"    // the likelier that the hurdle is missed; of equals, by surplus
)

// UnmarshalText reads an order; the error lists the valid words.
func (o *Order) UnmarshalText(text []byte) error {
	valid := []Order{ByFacility, BySurplus, ByShortfall, ByHurdle}
	if !slices.Contains(valid, Order(text)) {
		var names []string
		for _, one := range valid {
			names = append(names, string(one))
		}
		return fmt.Errorf("there is no order %q: use %s", text, words.Or(names))
	}
	*o = Order(text)
	return nil
}

// WorstFirst returns the stresses in order of what they do, the worst first and
// equals in the order that they had. The unstressed case is not among them.
func (s *Stresses) WorstFirst(by Order) []Stressed {
	if s == nil {
		return nil
	}
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
