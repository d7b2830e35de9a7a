package calibrate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/edgeofcare/edgeofcare/internal/copies"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Posterior is what a version's uncertain inputs may be, given the laws of its file and
// what was paid: draws that weigh alike, and what they say beside the laws.
type Posterior struct {
	Version *scenario.Version `json:"version"`
	// AsOf is the last day of the last quarter that was used.
	AsOf calendar.Date `json:"as_of"`
	// Used are the payments that the draws are held to. The first holds everything earned
	// until the end of its quarter. The others are left out: a grant stood in the quarter,
	// the amount is arithmetic on others, or it is £0 where by the file nothing can be earned.
	Used     []model.QuarterAmount `json:"used"`
	Granted  []model.QuarterAmount `json:"granted,omitempty"`
	Derived  []model.QuarterAmount `json:"derived,omitempty"`
	Unearned []model.QuarterAmount `json:"unearned,omitempty"`
	// Fitted are the inputs that were fitted to what is published, by the file. Their
	// evidence counts twice: in the stated values, and here.
	Fitted []model.Input `json:"fitted_inputs,omitempty"`
	// Evidence is the power to which the likelihood was raised: 1 weighs the file's laws
	// and the payments once each. Any other number is a choice, and must be said beside
	// every figure.
	Evidence float64 `json:"evidence"`
	Seed     uint64  `json:"seed"`
	// EffectiveSize is that of the last weights, (Σw)² ÷ Σw² (Kong 1992): so many
	// independent draws of the posterior would say as much.
	EffectiveSize float64 `json:"effective_sample_size"`
	// Steps are how the draws were led from the laws to the posterior: one step alone
	// where weights of draws from the laws are good enough.
	Steps []Step `json:"steps"`
	// Inputs are all uncertain inputs, in the order of [scenario.Drawer.Inputs], and Draws
	// their values, input × draw, as [montecarlo.InputDraws] has them. Draws weigh alike.
	Inputs []Learned   `json:"inputs"`
	Draws  [][]float64 `json:"draws"`
	// Correlations are how far two inputs go together given what was paid, the strongest
	// first: what payments cannot tell apart.
	Correlations []Correlation `json:"correlations,omitempty"`
	// Unexplained is how far each quarter strays by itself beyond chance in children's
	// lives, as where a claim falls in another quarter than the weeks that earned it.
	Unexplained []Unexplained `json:"unexplained"`
	// Quarters are the payments used, with what the laws and the posterior expect of them.
	Quarters []ConditionedQuarter `json:"quarters"`
}

// Step is one step from the laws to the posterior.
type Step struct {
	// Exponent is the power of the likelihood at its end, from 0 of the laws to 1 of the
	// posterior, beside [Posterior.Evidence].
	Exponent      float64 `json:"exponent"`
	EffectiveSize float64 `json:"effective_sample_size"` // of the weights of the step
	// Accepted is the share of proposed moves after it that were accepted; 0 for the
	// last step, after which nothing moves.
	Accepted float64 `json:"accepted,omitempty"`
}

// Learned is what payments say of one uncertain input.
type Learned struct {
	Input model.Uncertain `json:"input"`
	// Depends reports whether the payments that were used depend on the input, or on one
	// that the file correlates with it. Of any other they say nothing.
	Depends   bool   `json:"depends"`
	Prior     Spread `json:"prior"`
	Posterior Spread `json:"posterior"`
	// VarianceLeft is the variance of the posterior over that of the same draws before they
	// were weighted: near 1, the payments say next to nothing of the input, and it may come
	// out a little above. Of alternatives it is that of the places.
	VarianceLeft float64 `json:"variance_left"`
	// Chances are those of each alternative, in the order of the input's Values; none for
	// any other input.
	Chances []Chances `json:"chances,omitempty"`
}

// Spread is the mean of an input, and its 5% and 95% quantiles.
type Spread struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Chances are those of one alternative.
type Chances struct {
	Name      string  `json:"name"`
	Prior     float64 `json:"prior"`
	Posterior float64 `json:"posterior"`
}

// Correlation is how far two inputs go together: Spearman's rank correlation over draws
// of the laws and of the posterior.
type Correlation struct {
	Inputs    [2]model.Path `json:"inputs"`
	Prior     float64       `json:"prior"`
	Posterior float64       `json:"posterior"`
}

// Unexplained is one size of the error that every quarter may have of its own, and how
// likely it is.
type Unexplained struct {
	// Ratio is the standard deviation of the error over that of chance in children's
	// lives, as a mean of quarters.
	Ratio     float64 `json:"ratio"`
	Prior     float64 `json:"prior"`
	Posterior float64 `json:"posterior"`
}

// ConditionedQuarter is a payment that was used, in £, and the expectation of it over
// draws of the laws and of the posterior. A range is that of expectations: chance in
// children's lives is not in it.
type ConditionedQuarter struct {
	Quarter   calendar.Quarter `json:"quarter"`
	Actual    float64          `json:"actual"`
	Prior     Spread           `json:"prior"`
	Posterior Spread           `json:"posterior"`
}

// ConditionOptions say what draws are held to, and how many there are.
type ConditionOptions struct {
	// AsOf is the day up to which quarters are used: those that end on or before it. No
	// date means all.
	AsOf calendar.Date
	// Evidence is the power to which the likelihood is raised, from 0, the laws alone. Nil
	// means 1, the default weight: laws and payments once each.
	Evidence *float64
	Seed     uint64
	// Draws is how many are made of the laws; 0 means 10,000. Kept is how many equally
	// weighted ones come out; 0 means 1,000.
	Draws int
	Kept  int
	// Effective is the least effective sample size; 0 means 400. Where weights of draws
	// from the laws fall short of it, the draws are led to the posterior in steps.
	Effective float64
	// ChanceAlone takes it that payments stray from what is expected by chance in
	// children's lives alone, which real claims do not: see [Posterior.Unexplained].
	ChanceAlone bool
	Workers     int // how many draws are worked on at a time; 0 means as many as processors
}

// Condition holds the uncertain inputs of a version to what was paid: a posterior by
// weighting draws of the file's laws. Nil payments are those that the file has as
// published.
//
// The likelihood of a draw is multivariate normal over the quarters, about the central
// projection under that draw. The covariance is that of chance in children's lives (see
// the package documentation). Payments of a quarter in which a grant stood and, of the
// file's, those that are derived or assumed are not used.
//
// It is an error if nothing is uncertain, if no payment can be used, if the payments do
// not depend on any uncertain input, and if no draw could have led to them.
func Condition(ctx context.Context, v *scenario.Version, on []model.QuarterAmount, o ConditionOptions) (*Posterior, error) {
	switch {
	case ctx == nil:
		return nil, errors.New("there is no context: give context.Background() to what nothing stops")
	case v == nil || v.Programme == nil:
		return nil, errors.New("there is no version to condition, or it has no programme: make one with Document.Version")
	}
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	v = copies.Deep(v) // so that nobody changes it in the answer
	seen, err := observeUpTo(v.Programme, on, o.AsOf)
	if err != nil {
		return nil, err
	}
	return conditionOn(ctx, v, seen, o)
}

// conditionOn holds the uncertain inputs of a version to payments that were observed.
func conditionOn(ctx context.Context, v *scenario.Version, seen *observed, o ConditionOptions) (*Posterior, error) {
	s, err := newSampler(ctx, v, seen, o)
	if err != nil {
		return nil, err
	}
	if err := s.leaveOutUnearned(ctx); err != nil {
		return nil, err
	}
	l, err := newLawful(ctx, s, o)
	if err != nil {
		return nil, err
	}
	c, err := l.given(ctx, seen)
	if err != nil {
		return nil, err
	}
	return c.sampler.report(c.prior, c.weighted, c.process, c.steps, o), nil
}

// lawful is draws of a version's laws, and chance in children's lives under them.
type lawful struct {
	sampler *sampler
	options ConditionOptions
	draws   *draws
	chance  *mat.SymDense // see process
}

func newLawful(ctx context.Context, s *sampler, o ConditionOptions) (*lawful, error) {
	prior, err := s.fromLaws(ctx, o.Draws)
	if err != nil {
		return nil, err
	}
	chance, err := s.chance(ctx, prior.thinned(o.Draws/4), 2)
	if err != nil {
		return nil, err
	}
	return &lawful{s, o, prior, chance}, nil
}

// leaveOutUnearned leaves out £0 for quarters in which nothing can be earned, by a few draws
// that are made before all others: every draw explains it. Any other payment there is an
// error, as no draw does. Something is left, on which some input has an effect.
func (s *sampler) leaveOutUnearned(ctx context.Context) error {
	few, err := s.fromLaws(ctx, 16)
	if err != nil {
		return err
	}
	var used []payment
	var evidence []model.QuarterAmount
	var paid []string
	for i, q := range s.seen.used {
		switch earns := slices.ContainsFunc(few.all, func(d draw) bool { return d.used[i] > 0 }); {
		case earns:
			used, evidence = append(used, q), append(evidence, s.seen.evidence[i])
		case q.amount == 0:
			s.seen.unearned = append(s.seen.unearned, s.seen.evidence[i])
		default:
			paid = append(paid, q.quarter.String())
		}
	}
	if len(paid) > 0 {
		return fmt.Errorf("by the programme file nothing can be earned in %s, and something was paid: check in the file when children are referred and start, and what is paid in which weeks", words.And(paid))
	}
	s.seen.used, s.seen.evidence = used, evidence
	return nil
}

// conditioned is what a posterior is reported from.
type conditioned struct {
	sampler         *sampler
	prior, weighted *draws
	process         *process
	steps           []Step
}

// given weights the draws by the likelihood of payments, which are some of those that
// the sampler was made for. It does so twice, because chance in children's lives is
// known first under draws of the laws, and then under those that the payments leave.
func (l *lawful) given(ctx context.Context, seen *observed) (*conditioned, error) {
	s, prior := l.sampler.of(seen), l.draws.of(seen)
	first, err := newProcess(l.chance, seen, s.chanceAlone)
	if err != nil {
		return nil, err
	}
	rough, _, err := s.posterior(ctx, prior, first, l.options)
	if err != nil {
		return nil, err
	}
	near, err := s.process(ctx, rough.resampled(l.options.Kept, l.options.Seed), 4)
	if err != nil {
		return nil, err
	}
	weighted, steps, err := s.posterior(ctx, prior, near, l.options)
	if err != nil {
		return nil, err
	}
	return &conditioned{s, prior, weighted, near, steps}, nil
}

// Conditioned are the draws of the inputs that payments depend on, for the programme of a
// case that is held to what was paid.
func (p *Posterior) Conditioned() *model.Conditioned {
	held := &model.Conditioned{PaidTo: p.AsOf, Seed: p.Seed, EffectiveSize: math.Floor(p.EffectiveSize)}
	for i, in := range p.Inputs {
		if in.Depends {
			held.Inputs, held.Draws = append(held.Inputs, in.Input.Path), append(held.Draws, slices.Clone(p.Draws[i]))
			held.Size = len(p.Draws[i])
		}
	}
	return held
}

// withDefaults fills in what is not given.
func (o ConditionOptions) withDefaults() (ConditionOptions, error) {
	if o.Evidence == nil {
		o.Evidence = new(1.0)
	}
	o.Draws, o.Kept, o.Effective = cmp.Or(o.Draws, 10_000), cmp.Or(o.Kept, 1000), cmp.Or(o.Effective, 400)
	switch w := *o.Evidence; {
	case !(w >= 0) || math.IsInf(w, 0):
		return o, fmt.Errorf("a weight of %v for what was paid: it must be 0 or more, and 1 weighs laws and payments once each", w)
	case o.Draws < 100 || o.Draws > 1<<22:
		return o, fmt.Errorf("%d draws: there must be from 100 to %d", o.Draws, 1<<22)
	case o.Kept < 1 || o.Kept > 1<<22:
		return o, fmt.Errorf("%d draws to keep: there must be from 1 to %d", o.Kept, 1<<22)
	case !(o.Effective >= 1 && o.Effective <= float64(o.Draws)/2):
		return o, fmt.Errorf("an effective sample size of %v: it must be at least 1, and at most half of %d draws", o.Effective, o.Draws)
	}
	return o, nil
}

// observeUpTo are the payments that draws are held to; nil stands for those that are
// published.
func observeUpTo(p *model.Programme, on []model.QuarterAmount, asOf calendar.Date) (*observed, error) {
	if on == nil {
		return observeKnown(p, p.Published.Actual, statusOfPayments(p), asOf)
	}
	return observeKnown(p, on, nil, asOf)
}

// observeKnown are payments up to a day, of which it is known how far each can be relied on.
func observeKnown(p *model.Programme, on []model.QuarterAmount, status map[calendar.Quarter]model.Status, asOf calendar.Date) (*observed, error) {
	if !asOf.IsZero() {
		on = slices.DeleteFunc(slices.Clone(on), func(a model.QuarterAmount) bool { return a.Quarter.Last().After(asOf) })
		if len(on) == 0 {
			return nil, fmt.Errorf("no quarter with an actual payment ends on or before %s: choose a later day", asOf)
		}
	}
	seen, err := observePayments(p, on, status)
	if err == nil && len(seen.used) == 0 {
		err = fmt.Errorf("none of the actual payments (%d) can be used: a grant stood in the quarters of %d, and %d are derived or assumed. Give claims to date, as with --actuals FILE of edgeofcare reforecast", len(on), len(seen.granted), len(seen.derived))
	}
	return seen, err
}

// report is the posterior with what it says of every input.
func (s *sampler) report(prior, weighted *draws, near *process, steps []Step, o ConditionOptions) *Posterior {
	kept := weighted.resampled(o.Kept, o.Seed)
	p := &Posterior{
		Version: s.version, Used: s.seen.evidence, Granted: s.seen.granted, Derived: s.seen.derived, Unearned: s.seen.unearned, Evidence: *o.Evidence, Seed: o.Seed,
		EffectiveSize: steps[len(steps)-1].EffectiveSize, Steps: steps, Draws: kept.values(len(s.inputs)),
	}
	for i, q := range s.seen.used {
		p.AsOf = q.quarter.Last()
		p.Quarters = append(p.Quarters, ConditionedQuarter{
			Quarter: q.quarter, Actual: q.amount,
			Prior:     prior.spread(func(d *draw) float64 { return d.used[i] }),
			Posterior: weighted.spread(func(d *draw) float64 { return d.used[i] }),
		})
	}
	p.Fitted = fittedAfter(s.version.Programme, calendar.Date{})
	p.Unexplained = near.unexplained(weighted, s.seen)
	p.Inputs, p.Correlations = s.learned(prior, weighted), s.together(prior, kept)
	return p
}
