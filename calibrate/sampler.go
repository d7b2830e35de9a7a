package calibrate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mathext"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// sampler makes draws of a version's uncertain inputs and works out what payments each
// leads one to expect.
type sampler struct {
	version *scenario.Version
	drawer  *scenario.Drawer
	inputs  []model.Uncertain
	seen    *observed
	streams []lives.Stream // by input, and then by partner
	depends []bool         // the same: whether the payments used depend on it
	options montecarlo.Options

	chanceAlone bool // no quarter has an error of its own
}

// draw is one draw of the uncertain inputs.
type draw struct {
	scores []float64 // standard normal scores, by input and then partner
	values []float64 // by input
	// earned is what the central projection expects from the first published quarter on,
	// which holds everything before it, and used are those of the quarters that are used.
	earned, used []float64
	likelihood   float64 // its logarithm
	weight       float64
}

// draws are many. Their weights add up to 1.
type draws struct{ all []draw }

func newSampler(ctx context.Context, v *scenario.Version, seen *observed, o ConditionOptions) (*sampler, error) {
	drawer, err := v.Drawer()
	switch {
	case err != nil:
		return nil, err
	case drawer == nil:
		return nil, errors.New("nothing in the version is uncertain, so that payments can teach nothing: give inputs a range in the programme file")
	}
	s := &sampler{
		version: v, drawer: drawer, inputs: drawer.Inputs(), seen: seen,
		options:     montecarlo.Options{Seed: o.Seed, Workers: o.Workers, Prices: asPaid(v), Unconditioned: true},
		chanceAlone: o.ChanceAlone,
	}
	for _, u := range s.inputs {
		s.streams = append(s.streams, lives.NewStream(string(u.Path)))
	}
	for _, path := range drawer.Partners() {
		s.streams = append(s.streams, lives.NewStream(string(path)))
	}
	return s, s.findDependent(ctx)
}

// of is the sampler for other payments of the same programme.
func (s *sampler) of(seen *observed) *sampler {
	other := *s
	other.seen = seen
	return &other
}

// of are the draws with what each expects of other payments.
func (d *draws) of(seen *observed) *draws {
	other := &draws{slices.Clone(d.all)}
	for k := range other.all {
		if earned := other.all[k].earned; len(earned) > 0 {
			other.all[k].used = seen.amongEarned(earned)
		}
	}
	return other
}

// fromLaws makes draws of the file's laws: those that a run of the same seed makes.
func (s *sampler) fromLaws(ctx context.Context, n int) (*draws, error) {
	made := &draws{all: make([]draw, n)}
	for k := range made.all {
		for _, stream := range s.streams {
			made.all[k].scores = append(made.all[k].scores, mathext.NormalQuantile(stream.Unit(s.options.Seed, k, 0)))
		}
		made.all[k].weight = 1 / float64(n)
	}
	return made, s.expect(ctx, made.all)
}

// expect works out values and expected payments of draws from their scores.
func (s *sampler) expect(ctx context.Context, all []draw) error {
	quantiles := make([]float64, len(s.streams))
	for k := range all {
		for i, z := range all[k].scores {
			quantiles[i] = max(math.SmallestNonzeroFloat64, min(0.5*math.Erfc(-z/math.Sqrt2), 1-0x1p-53))
		}
		values, err := s.drawer.Values(quantiles)
		if err != nil {
			return err
		}
		all[k].values = slices.Clone(values)
	}
	paid, err := montecarlo.PaymentsAt(ctx, s.version, (&draws{all}).values(len(s.inputs)), 0, s.options)
	if err != nil {
		return err
	}
	for k := range all {
		all[k].earned = s.seen.earned(paid.Central[k])
		all[k].used = s.seen.amongEarned(all[k].earned)
	}
	return nil
}

// values are those of the draws, input × draw.
func (d *draws) values(inputs int) [][]float64 {
	values := make([][]float64, inputs)
	for i := range values {
		values[i] = make([]float64, len(d.all))
		for k := range d.all {
			values[i][k] = d.all[k].values[i]
		}
	}
	return values
}

// thinned are the first n draws, which weigh alike.
func (d *draws) thinned(n int) *draws {
	thin := &draws{slices.Clone(d.all[:max(1, n)])}
	for k := range thin.all {
		thin.all[k].weight = 1 / float64(len(thin.all))
	}
	return thin
}

// tries is how many draws it takes to find out on what payments depend.
const tries = 8

// findDependent finds the inputs on which the payments that are used depend, and those
// that are correlated with them or are shares of the same block: each by itself is
// given another of its values in several draws.
func (s *sampler) findDependent(ctx context.Context) error {
	s.depends = make([]bool, len(s.streams))
	made, err := s.fromLaws(ctx, 2*tries)
	if err != nil {
		return err
	}
	before, other := made.all[:tries], made.all[tries:]
	changed := make([]draw, len(s.streams)*tries) // all at once, because preparing takes longer than working out
	for i := range s.streams {
		for k := range tries {
			one := &changed[i*tries+k]
			one.scores = slices.Clone(before[k].scores)
			one.scores[i] = other[k].scores[i]
		}
	}
	if err := s.expect(ctx, changed); err != nil {
		return err
	}
	for at := range changed {
		i, k := at/tries, at%tries
		s.depends[i] = s.depends[i] || !slices.Equal(changed[at].used, before[k].used)
	}
	s.spreadDependence()
	if !slices.Contains(s.depends, true) {
		return errors.New("the payments do not depend on any uncertain input, so that they can teach nothing: give those that they depend on a range in the programme file")
	}
	return nil
}

// spreadDependence counts what goes together with an input as it counts that.
func (s *sampler) spreadDependence() {
	place := func(path model.Path) int {
		if i := slices.IndexFunc(s.inputs, func(u model.Uncertain) bool { return u.Path == path }); i >= 0 {
			return i
		}
		if i := slices.Index(s.drawer.Partners(), path); i >= 0 {
			return len(s.inputs) + i
		}
		return -1
	}
	pairs := slices.Clone(s.version.Programme.Correlations)
	for _, m := range s.version.Programme.MadeCertain {
		pairs = append(pairs, m.Correlations...)
	}
	for again := true; again; {
		again = false
		join := func(i, j int) {
			if i >= 0 && j >= 0 && s.depends[i] != s.depends[j] {
				s.depends[i], s.depends[j], again = true, true, true
			}
		}
		for _, c := range pairs {
			join(place(c.Inputs[0]), place(c.Inputs[1]))
		}
		for i, u := range s.inputs {
			for j := range i {
				if u.Shares != "" && s.inputs[j].Shares == u.Shares {
					join(i, j)
				}
			}
		}
	}
}

// posterior weights draws of the laws by the likelihood of what was paid. Where too few
// of them matter, the likelihood comes in by powers of it (tempering), each chosen so
// that the effective sample size stays half the number of draws; after each step the
// draws are resampled and moved, so that the posterior so far stays what it is (a
// sequential Monte Carlo sampler: Del Moral, Doucet and Jasra, "Sequential Monte Carlo
// samplers", Journal of the Royal Statistical Society B 68 (2006)).
func (s *sampler) posterior(ctx context.Context, prior *draws, p *process, o ConditionOptions) (*draws, []Step, error) {
	now := &draws{slices.Clone(prior.all)}
	p.weigh(now.all, s.seen)
	if now.mostLikely() == math.Inf(-1) {
		return nil, nil, errors.New("under no draw of the file's laws could the payments have been what they were: widen the ranges of its inputs, or look for what the programme leaves out")
	}
	random := rand.New(rand.NewPCG(o.Seed, 0x706f73746572696f))
	var steps []Step
	for done := 0.0; ; {
		left := (1 - done) * *o.Evidence
		if size := now.reweigh(left); size >= o.Effective {
			return now, append(steps, Step{Exponent: 1, EffectiveSize: size}), nil
		}
		if len(steps) == mostSteps {
			return nil, nil, fmt.Errorf("after %d steps the draws are still far from what was paid: make more draws, or look for what the programme leaves out", mostSteps)
		}
		step, size := now.halfway(left)
		done += step / *o.Evidence
		now = now.resampled(len(now.all), random.Uint64())
		accepted, err := s.move(ctx, now, p, done**o.Evidence, random)
		if err != nil {
			return nil, nil, err
		}
		steps = append(steps, Step{Exponent: done, EffectiveSize: size, Accepted: accepted})
	}
}

// mostSteps bounds the work.
const mostSteps = 60

// mostLikely is the largest logarithm of a likelihood.
func (d *draws) mostLikely() float64 {
	most := math.Inf(-1)
	for k := range d.all {
		most = max(most, d.all[k].likelihood)
	}
	return most
}

// reweigh makes weights of a power of the likelihood, and returns their effective
// sample size (Kong, "A note on importance sampling using standardized weights",
// University of Chicago, Department of Statistics, technical report 348 (1992)).
func (d *draws) reweigh(power float64) float64 {
	most, sum, squares := d.mostLikely(), 0.0, 0.0
	for k := range d.all {
		w := 0.0
		if l := d.all[k].likelihood; l > math.Inf(-1) {
			w = math.Exp(power * (l - most))
		}
		d.all[k].weight = w
		sum, squares = sum+w, squares+w*w
	}
	for k := range d.all {
		d.all[k].weight /= sum
	}
	return sum * sum / squares
}

// halfway makes weights of the power at which the effective sample size is half the
// number of draws, or nearly that, and returns both.
func (d *draws) halfway(most float64) (power, size float64) {
	from, to := 0.0, most
	for range 50 {
		power = (from + to) / 2
		if size = d.reweigh(power); size >= float64(len(d.all))/2 {
			from = power
		} else {
			to = power
		}
	}
	return power, size
}

// resampled are n draws that weigh alike: systematic resampling (Kitagawa, "Monte Carlo
// filter and smoother for non-Gaussian nonlinear state space models", Journal of
// Computational and Graphical Statistics 5 (1996)), in which each is there as often as
// its weight says, to within one.
func (d *draws) resampled(n int, seed uint64) *draws {
	u := rand.New(rand.NewPCG(seed, 0x73797374656d6174)).Float64()
	kept, sum, k := &draws{make([]draw, 0, n)}, d.all[0].weight, 0
	for i := range n {
		at := (float64(i) + u) / float64(n)
		for sum < at && k < len(d.all)-1 {
			k++
			sum += d.all[k].weight
		}
		one := d.all[k]
		one.weight = 1 / float64(n)
		kept.all = append(kept.all, one)
	}
	return kept
}

// movesPerStep is how often each draw is moved after a step.
const movesPerStep = 6

// move moves draws within the posterior so far, by proposals that keep the law of normal
// scores and so are accepted by the likelihood alone (preconditioned Crank-Nicolson:
// Cotter, Roberts, Stuart and White, "MCMC methods for functions: modifying old
// algorithms to make them faster", Statistical Science 28 (2013)). It returns the share
// that was accepted, by which the size of the moves adapts from one round to the next.
func (s *sampler) move(ctx context.Context, d *draws, p *process, power float64, random *rand.Rand) (float64, error) {
	size, accepted := 0.4, 0
	for range movesPerStep {
		proposed := make([]draw, len(d.all))
		for k := range proposed {
			proposed[k].weight = d.all[k].weight
			for i, z := range d.all[k].scores {
				if s.depends[i] {
					z = math.Sqrt(1-size*size)*z + size*random.NormFloat64()
				}
				proposed[k].scores = append(proposed[k].scores, z)
			}
		}
		if err := s.expect(ctx, proposed); err != nil {
			return 0, err
		}
		p.weigh(proposed, s.seen)
		round := 0
		for k := range proposed {
			if math.Log(random.Float64()) < power*(proposed[k].likelihood-d.all[k].likelihood) {
				d.all[k] = proposed[k]
				round++
			}
		}
		accepted += round
		size = min(0.9, max(0.02, size*math.Exp(float64(round)/float64(len(d.all))-0.3)))
	}
	return float64(accepted) / float64(movesPerStep*len(d.all)), nil
}
