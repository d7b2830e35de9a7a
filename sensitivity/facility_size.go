package sensitivity

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/copies"
	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Sizing is how large a programme's facility has to be.
type Sizing struct {
	Version    *scenario.Version `json:"version"`
	Confidence float64           `json:"confidence"` // that the facility is enough, such as 0.95
	// Commitment is what investors commit today, in £; nil if nobody does.
	Commitment *float64 `json:"commitment"`
	// Recycled is the facility if receipts meet costs before it does, and
	// Drawn if every cost is drawn and all receipts go to the investors.
	Recycled Sized `json:"recycled"`
	Drawn    Sized `json:"drawn"`
	// Recycles reports that the programme's own terms recycle receipts.
	Recycles    bool                   `json:"recycles"`
	Conventions montecarlo.Conventions `json:"conventions"`
}

// Sized is the facility needed for the confidence asked for.
type Sized struct {
	// Found reports that there is one. There is none if nothing can be drawn
	// any more when money is needed, or if what was drawn too early has been
	// repaid by then.
	Found bool `json:"found"`
	// Facility is the sum of all commitments, in whole £ and in proportion to
	// what they are today. Low and High bound it with about 95% confidence, by
	// order statistics: how precisely so many replications give it.
	Facility float64  `json:"facility"`
	Low      float64  `json:"low"`
	High     *float64 `json:"high"` // nil if no size is enough so often, or so few replications have no bound
	// Short is the probability that the facility is not enough, from a run with
	// it, and PoundLess from a run with £1 less; nil if it is £0.
	Short     montecarlo.ProbabilityOf  `json:"short"`
	PoundLess *montecarlo.ProbabilityOf `json:"pound_less,omitempty"`
	// ShortToday is the probability that today's commitments are not enough;
	// nil if there are none.
	ShortToday *montecarlo.ProbabilityOf `json:"short_today,omitempty"`
	// Need is the distribution of the facility needed, and Largest the most of
	// all replications; nil where what is needed depends on how large the
	// facility is, and each size has to be run.
	Need    *montecarlo.Summary `json:"need,omitempty"`
	Largest *float64            `json:"largest,omitempty"`
}

// Size works out the facility needed for a given confidence, such as 0.95: the
// smallest that is enough with this probability, with receipts recycled and
// without. The programme is not changed.
//
// Where money is drawn as it is needed, at any time and without interest or a
// preferred return, the need of a replication is the same for every size, and the
// answer is a quantile of it. Otherwise the size is found to the pound by the search of
// [Solve]. With expensive money drawn on schedule a larger facility can be worse
// than a smaller one; the answer is then enough, and £1 less is not, but a still
// smaller one might be. Either way the answer is checked by a run.
//
// A programme without delivery terms gives an error that wraps
// [finance.ErrNoDelivery].
func Size(ctx context.Context, v *scenario.Version, confidence float64, o montecarlo.Options) (*Sizing, error) {
	if !(confidence > 0 && confidence < 1) {
		return nil, fmt.Errorf("confidence %v: it must lie between 0 and 1", confidence)
	}
	if err := runnable(v); err != nil {
		return nil, err
	}
	v = copies.Deep(v) // so that nobody changes it in the answer
	p := v.Programme
	if err := needDelivery(p); err != nil {
		return nil, err
	}
	s := &Sizing{
		Version: v, Confidence: confidence, Recycles: p.Facility == nil || !p.Facility.NoRecycling,
	}
	if p.Facility != nil && len(p.Facility.Investors) > 0 {
		today := total(p.Facility).InexactFloat64()
		s.Commitment = &today
	}
	most := 3
	if !p.Facility.AnySize() {
		most = mostSizes
		o.Undivided = true // only chances are read
	}
	runs := newRunner(o, 2*most)
	for _, recycles := range []bool{true, false} {
		size := sizer{version: v, recycles: recycles, runs: runs, short: map[int64]montecarlo.ProbabilityOf{}}
		sized, err := size.size(ctx, confidence)
		if err != nil {
			return nil, err
		}
		if recycles {
			s.Recycled = sized
		} else {
			s.Drawn = sized
		}
	}
	s.Conventions = runs.first.Conventions
	runs.finish()
	return s, nil
}

// mostSizes is the most sizes that are run for one facility and its bounds.
const mostSizes = 120

// total is the sum of the commitments.
func total(f *model.Facility) decimal.Decimal {
	var sum decimal.Decimal
	for _, i := range f.Investors {
		sum = sum.Add(i.Commitment)
	}
	return sum
}

// sizer sizes one facility: with receipts recycled, or without.
type sizer struct {
	version  *scenario.Version
	recycles bool
	runs     *runner
	short    map[int64]montecarlo.ProbabilityOf // by size
}

// with returns the version with its own commitments, or with commitments that add
// up to a size.
func (s *sizer) with(size *int64) *scenario.Version {
	v, p, f := *s.version, *s.version.Programme, model.Facility{}
	if p.Facility != nil {
		f = *p.Facility
	}
	f.NoRecycling = !s.recycles
	if size != nil {
		f.Investors = committing(f.Investors, *size)
	}
	p.Facility, v.Programme = &f, &p
	return &v
}

// committing returns investors who together commit a sum in whole £, in
// proportion to what they commit; in equal parts if nobody commits anything, and
// as one investor if there are none.
func committing(investors []model.Investor, sum int64) []model.Investor {
	investors = slices.Clone(investors)
	if len(investors) == 0 {
		investors = []model.Investor{{Name: "investors"}}
	}
	var all decimal.Decimal
	for _, i := range investors {
		all = all.Add(i.Commitment)
	}
	equal := all.IsZero()
	if equal {
		all = decimal.NewFromInt(int64(len(investors)))
	}
	var weight decimal.Decimal
	before := int64(0)
	for k := range investors {
		i := &investors[k]
		part := i.Commitment
		if equal {
			part = decimal.New(1, 0)
		}
		weight = weight.Add(part)
		upTo := weight.Mul(decimal.NewFromInt(sum)).Div(all).Round(0).IntPart()
		i.Commitment = decimal.NewFromInt(upTo - before)
		before = upTo
	}
	return investors
}

// size finds the size, its bounds and how today's commitments do.
func (s *sizer) size(ctx context.Context, confidence float64) (Sized, error) {
	var out Sized
	today, err := s.runs.run(ctx, s.with(nil))
	if err != nil {
		return out, err
	}
	if f := s.version.Programme.Facility; f != nil && len(f.Investors) > 0 {
		p, _ := today.Probabilities.Of(montecarlo.FacilityShort)
		out.ShortToday = &p
	}
	n := today.Conventions.Replications
	ranks := ranksOf(n, confidence)
	if s.version.Programme.Facility.AnySize() {
		err = s.read(ctx, today, ranks, &out)
	} else {
		err = s.halve(ctx, today, ranks, &out)
	}
	return out, err
}

// ranks are the places in order of size, counted from 1, of a quantile and of the
// two that bound it with about 95% confidence; of n, low may be 0 and high above n,
// where so few have no such bound.
type ranks struct{ quantile, low, high int }

func ranksOf(n int, p float64) ranks {
	low, high := orderstatistic.Bounds(n, p)
	return ranks{quantile: orderstatistic.At(n, p) + 1, low: low + 1, high: high + 1}
}

// read reads the sizes off what replications need, and confirms the answer by runs.
func (s *sizer) read(ctx context.Context, today *montecarlo.Result, r ranks, out *Sized) error {
	need, _ := today.Totals.Of(montecarlo.FacilityNeeded)
	needs := today.Values(need.Name)
	slices.Sort(needs)
	largest := needs[len(needs)-1]
	out.Need, out.Largest, out.Found = &need, &largest, true
	out.Facility = math.Ceil(needs[r.quantile-1])
	if r.low >= 1 {
		out.Low = math.Ceil(needs[r.low-1])
	}
	if r.high <= len(needs) {
		highest := math.Ceil(needs[r.high-1])
		out.High = &highest
	}
	return s.confirm(ctx, out)
}

// confirm runs the answer and £1 less.
func (s *sizer) confirm(ctx context.Context, out *Sized) error {
	var err error
	size := int64(out.Facility)
	if out.Short, err = s.run(ctx, size); err != nil || size == 0 {
		return err
	}
	less, err := s.run(ctx, size-1)
	out.PoundLess = &less
	return err
}

// run returns the probability that a facility of a size is not enough.
func (s *sizer) run(ctx context.Context, size int64) (montecarlo.ProbabilityOf, error) {
	if p, ok := s.short[size]; ok {
		return p, nil
	}
	r, err := s.runs.run(ctx, s.with(&size))
	if err != nil {
		return montecarlo.ProbabilityOf{}, fmt.Errorf("facility of %s: %w", words.Pounds(float64(size)), err)
	}
	p, _ := r.Probabilities.Of(montecarlo.FacilityShort)
	s.short[size] = p
	return p, nil
}

// halve finds the sizes by running them.
func (s *sizer) halve(ctx context.Context, today *montecarlo.Result, r ranks, out *Sized) error {
	n := today.Conventions.Replications
	need, _ := today.Totals.Of(montecarlo.FacilityNeeded)
	start := max(1, int64(math.Ceil(need.Mean)))
	size, found, err := s.smallest(ctx, start, n-r.quantile, n)
	if err != nil || !found {
		return err
	}
	out.Found, out.Facility = true, float64(size)
	if err := s.confirm(ctx, out); err != nil {
		return err
	}
	if r.low >= 1 {
		low, _, err := s.smallest(ctx, start, n-r.low, n)
		if err != nil {
			return err
		}
		out.Low = float64(low)
	}
	if r.high > n {
		return nil
	}
	high, found, err := s.smallest(ctx, start, n-r.high, n)
	if found {
		highest := float64(high)
		out.High = &highest
	}
	return err
}

// smallest returns the smallest size with which at most so many of n replications
// fall short, to the pound, and whether there is one. Its search is that of
// [Solve]: see narrow.
func (s *sizer) smallest(ctx context.Context, start int64, most, n int) (size int64, found bool, err error) {
	spare := func(size int) (float64, error) { // replications that may still fall short
		p, err := s.run(ctx, int64(size))
		return float64(most) - math.Round(p.Probability*float64(n)), err
	}
	below, above := 0, int(start)
	without, err := spare(below)
	if err != nil || without >= 0 {
		return 0, err == nil, err
	}
	with, err := spare(above)
	for ; err == nil && with < 0; with, err = spare(above) {
		if below, above, without = above, 2*above, with; above > mostFacility {
			return 0, false, nil
		}
	}
	if err != nil {
		return 0, false, err
	}
	t, err := narrow(turn{below, above}, without, with, spare)
	return int64(t.outer), err == nil, err
}

// mostFacility is the largest facility that is tried, in £.
const mostFacility = 10_000_000_000
