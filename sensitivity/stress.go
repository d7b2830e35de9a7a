package sensitivity

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

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
	// OnTop is what was put on top of the case, as [scenario.Version.With] reads it,
	// where it is not the name alone.
	OnTop string `json:"on_top,omitempty"`
	// Among is how many replications the figures are of, where the stress is a tail of
	// an uncertain input; 0 for all of them.
	Among int `json:"among,omitempty"`
	// Alone are the correlations between an uncertain input that the stress moves and
	// one that it leaves: in the draws these go together as before, and the one that
	// is left does not follow the stress.
	Alone []model.RankCorrelation `json:"alone,omitempty"`
	CapitalSummary
	Payments  montecarlo.Summary `json:"payments"`   // for outcomes
	NetPublic montecarlo.Summary `json:"net_public"` // gross avoided cost less all payments
	// SurplusChange and FacilityChange are by how much the stress changes
	// surplus and facility needed, replication by replication. They are empty
	// for the unstressed case.
	SurplusChange  montecarlo.Difference `json:"surplus_change,omitzero"`
	FacilityChange montecarlo.Difference `json:"facility_change,omitzero"`
}

// Stress runs a case as it is and under each of some stresses, all with common
// random numbers. Nil stands for all stresses that fit the programme; see
// [scenario.Document.Stresses]. Each is the name of one of them, or is made up of
// several parts, with or without a name of its own:
//
//	referrals down 20%
//	late=start 6 months late + referrals down 25%
//	dear=cost of delivery up 15% + claims paid 60 days later + {facility.reserve=0}
//
// A part is a stress, variant or structure of the file, an edit in braces as
// [scenario.ParseEdit] reads it, or a driver of [Drivers] with an amount: a percentage
// up or down, a factor (× 0.8), a span of time, 3% a year or £5,000 a week. Parts are put
// on from left to right, each on what stands before it. What a late start moves, and what
// it leaves, is in the note of the stress. A part may also be a
// tail of an uncertain input, "highest tenth of unit costs.residential" (or lowest; fifth,
// quarter, third, half): the figures are then those of the replications in whose draws the
// input is so high, and inputs that are correlated with it are as they are drawn there.
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
	chosen, err := choose(v, names)
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
	for _, stress := range chosen {
		one, err := runs.stressed(ctx, stress, base)
		if _, misfit := errors.AsType[*model.Fault](err); misfit && names == nil && stress.Name != scenario.AllAtOnce {
			s.LeftOut = append(s.LeftOut, stress.Name)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("stress %q: %w", stress.Name, err)
		}
		s.Stressed = append(s.Stressed, one)
	}
	return s, nil
}

// choose reads stresses; all that fit if nil.
func choose(v *scenario.Version, texts []string) ([]written, error) {
	r := newReader(v, "stress")
	var chosen []written
	if texts == nil {
		for _, info := range r.stresses() {
			chosen = append(chosen, written{CaseInfo: info, onTop: info.Name})
		}
	}
	for _, text := range texts {
		one, err := r.read(text)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(chosen, func(other written) bool {
			return other.Name == one.Name && (other.onTop != one.onTop || !slices.Equal(other.tails, one.tails))
		}) {
			return nil, fmt.Errorf("two stresses are called %q: give one of them another name", one.Name)
		}
		chosen = append(chosen, one)
	}
	return chosen, nil
}

// stressed runs the version under one stress and compares it with the base.
func (v *versions) stressed(ctx context.Context, stress written, base *montecarlo.Result) (Stressed, error) {
	one := base
	var err error
	if stress.onTop != "" {
		if one, err = v.with(ctx, stress.onTop); err != nil {
			return Stressed{}, err
		}
	}
	if len(stress.tails) > 0 {
		return v.inTails(ctx, stress, one, base)
	}
	s := stressed(one, stress.CaseInfo, v.options.party())
	if stress.onTop != stress.Name {
		s.OnTop = stress.onTop
	}
	if base.Conventions.Uncertain > 0 {
		s.Alone = alone(one.Version, base.Version)
	}
	s.Note = strings.TrimSpace(s.Note + " " + measuredEarly(one, base))
	s.SurplusChange, s.FacilityChange, err = changes(one, base)
	return s, err
}

// measuredEarly are the warnings of days on which a metric now looks too early, as after a
// late start that leaves them where they are.
func measuredEarly(one, base *montecarlo.Result) string {
	var said []string
	for _, w := range one.Warnings {
		if w.Kind == "measured early" && !slices.ContainsFunc(base.Warnings, func(before montecarlo.Warning) bool { return before.Text == w.Text }) {
			said = append(said, w.Text+".")
		}
	}
	return strings.Join(said, " ")
}

// inTails is a stress in those replications in which inputs are drawn high or low. What it
// changes is held against the mean over all replications, without an error of its own:
// there are no pairs.
func (v *versions) inTails(ctx context.Context, stress written, one, base *montecarlo.Result) (Stressed, error) {
	some, said, err := among(ctx, one, stress.tails)
	if err != nil {
		return Stressed{}, err
	}
	stress.Note = strings.TrimSpace(said + " " + stress.Note)
	s := stressed(some, stress.CaseInfo, v.options.party())
	s.OnTop, s.Among = stress.onTop, some.Conventions.Replications
	before := stressed(base, scenario.CaseInfo{}, v.options.party())
	s.SurplusChange.Key, s.FacilityChange.Key = s.Surplus.Key, s.FacilityNeeded.Key
	s.SurplusChange.Mean, s.FacilityChange.Mean = s.Surplus.Mean-before.Surplus.Mean, s.FacilityNeeded.Mean-before.FacilityNeeded.Mean
	return s, nil
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
