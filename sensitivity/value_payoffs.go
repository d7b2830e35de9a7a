package sensitivity

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// drawnInputs are the values of a version's uncertain inputs in each draw.
type drawnInputs struct {
	drawer *scenario.Drawer
	inputs []model.Uncertain
	values [][]float64 // input × draw
	count  int         // of draws
}

// payoffs are what options pay under the same draws.
type payoffs struct {
	drawn      *drawnInputs // of the version
	of         []*paidOut   // by option
	impossible int
	lives      int
	seed       uint64
}

// paidOut is what one option pays.
type paidOut struct {
	keys          []montecarlo.Key
	exact         bool
	values, noise [][]float64 // key × draw; see [information.Decision]
	impossible    []int       // draws
}

// payoffs works out what every option pays, by measure and draw.
func (q Valuing) payoffs(ctx context.Context, choices []Choice, keys []montecarlo.Key) (*payoffs, error) {
	switch {
	case q.Run.Prices != contract.Constant:
		return nil, errors.New("payoffs are present values in constant prices: leave cash prices out")
	case q.Run.FixedRates:
		return nil, errors.New("at fixed rates there is nothing to learn: let what is uncertain vary")
	case q.Run.Until != nil || q.Run.Common != nil:
		return nil, errors.New("the number of draws is given, and draws are the version's own: leave Run.Until and Run.Common out")
	case q.Lives < 0 || q.Lives%2 == 1:
		return nil, fmt.Errorf("%d lives under each draw: give an even number, so that halves show their noise, or 0 for %d", q.Lives, defaultValuedLives)
	}
	p := &payoffs{lives: q.Lives, seed: q.Run.Seed}
	if p.lives == 0 {
		p.lives = defaultValuedLives
	}
	draws := q.Run.Replications
	if draws == 0 {
		draws = defaultDraws
	}
	for _, c := range choices {
		drawn, err := drawInputs(c.Version, q.Run.Seed, draws)
		if err != nil {
			return nil, optionFault(c, err)
		}
		if p.drawn == nil {
			p.drawn = drawn
		}
		one, err := p.payOut(ctx, c.Version, keys, drawn, q.Run)
		if err != nil {
			return nil, optionFault(c, err)
		}
		p.of = append(p.of, one)
	}
	p.leaveOutImpossible()
	return p, nil
}

// payOut works out what one option pays: exactly or, where that cannot be, as the mean of
// two estimates by half the lives each. Every draw has lives of its own, so that noise is
// not the same in all, and every option the same.
func (p *payoffs) payOut(ctx context.Context, v *scenario.Version, keys []montecarlo.Key, drawn *drawnInputs, o montecarlo.Options) (*paidOut, error) {
	half := func(second int) (*montecarlo.ExpectedFigures, error) {
		first := make([]int, drawn.count)
		for i := range first {
			first[i] = i*p.lives + second
		}
		return montecarlo.ExpectedAt(ctx, v, keys, montecarlo.InputDraws{Values: drawn.values, Lives: p.lives / 2, First: first}, o)
	}
	a, err := half(0)
	if err != nil {
		return nil, err
	}
	one := &paidOut{keys: a.Keys, exact: !slices.Contains(a.Exact, false), values: a.Values, impossible: a.Impossible}
	b := a
	if !one.exact {
		if b, err = half(p.lives / 2); err != nil {
			return nil, err
		}
	}
	for k := range a.Values {
		noise := make([]float64, drawn.count)
		for i, x := range a.Values[k] {
			noise[i] = (x - b.Values[k][i]) / 2
			a.Values[k][i] = (x + b.Values[k][i]) / 2
		}
		one.noise = append(one.noise, noise)
	}
	return one, nil
}

// optionFault says of which option an error is, but for the version itself.
func optionFault(c Choice, err error) error {
	if c.Name == RunIt {
		return err
	}
	return fmt.Errorf("option %q: %w", c.Name, err)
}

// drawInputs draws the inputs of a version as a run with the seed does: an input of the
// same name has the same quantile in every version.
func drawInputs(v *scenario.Version, seed uint64, draws int) (*drawnInputs, error) {
	drawer, err := v.Drawer()
	if err != nil {
		return nil, err
	}
	if drawer == nil {
		return nil, errNothingToLearn
	}
	d := &drawnInputs{drawer: drawer, inputs: drawer.Inputs(), count: draws}
	var streams []lives.Stream
	for _, u := range d.inputs {
		streams = append(streams, lives.NewStream(string(u.Path)))
		d.values = append(d.values, make([]float64, draws))
	}
	for _, path := range drawer.Partners() {
		streams = append(streams, lives.NewStream(string(path)))
	}
	quantiles := make([]float64, len(streams))
	for draw := range draws {
		for i, s := range streams {
			quantiles[i] = s.Unit(seed, draw, 0)
		}
		values, err := drawer.Values(quantiles)
		if err != nil {
			return nil, err
		}
		for i, x := range values {
			d.values[i][draw] = x
		}
	}
	return d, nil
}

// leaveOutImpossible leaves draws out that cannot be under some option: a run would
// make them again.
func (p *payoffs) leaveOutImpossible() {
	out := map[int]bool{}
	for _, one := range p.of {
		for _, draw := range one.impossible {
			out[draw] = true
		}
	}
	p.impossible = len(out)
	if p.impossible == 0 {
		return
	}
	p.drawn.count -= len(out)
	keep(p.drawn.values, out)
	for _, one := range p.of {
		keep(one.values, out)
		keep(one.noise, out)
	}
}

// keep takes draws out of rows.
func keep(rows [][]float64, out map[int]bool) {
	for i, row := range rows {
		var kept []float64
		for draw, x := range row {
			if !out[draw] {
				kept = append(kept, x)
			}
		}
		rows[i] = kept
	}
}

// varies reports whether values are not all the same.
func varies(values []float64) bool {
	return slices.ContainsFunc(values, func(x float64) bool { return math.Abs(x-values[0]) > 0 })
}
