package sensitivity

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/inputname"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Indexed is how much of what is not known of a figure each uncertain input accounts for:
// Sobol indices of its expectation over children's lives.
type Indexed struct {
	Version *scenario.Version `json:"version"`
	Measure montecarlo.Key    `json:"measure"`
	Prices  contract.Prices   `json:"prices"`
	Seed    uint64            `json:"seed"`
	// Draws are the rows of the design, and Evaluations the draws at which the figure was
	// worked out. Impossible are rows that were left out because one of their draws
	// cannot be.
	Draws       int `json:"draws"`
	Evaluations int `json:"evaluations"`
	Impossible  int `json:"impossible_draws,omitempty"`
	// Exact says that the figure is exact in each draw. Otherwise it is from two sets of
	// lives in each, and corrected for their noise.
	Exact bool `json:"exact"`
	// SD is the standard deviation of the expected figure over the inputs, and Noise the
	// one that one set of lives adds to it as it is worked out here; 0 where it is exact.
	SD    float64 `json:"standard_deviation"`
	Noise float64 `json:"noise,omitzero"`
	// Indices are the groups of inputs, the largest total index first.
	Indices []Index `json:"indices"`
}

// Index is what one input, or inputs that go together, account for, as shares of the
// variance of the expected figure.
type Index struct {
	// Inputs are one input, or several that the file correlates or that add up to 1,
	// whose shares cannot be told apart.
	Inputs []model.Uncertain `json:"inputs"`
	// First is the share that would go if these inputs alone were known, Total the share
	// that would be left if all others were known, and Interaction the difference:
	// what they do together with others.
	First       Interval `json:"first"`
	Total       Interval `json:"total"`
	Interaction Interval `json:"interaction"`
}

// Name is the inputs in words.
func (x Index) Name() string {
	var names []string
	blocks := map[model.Path]bool{}
	for _, u := range x.Inputs {
		if u.Shares != "" && blocks[u.Shares] {
			continue // of shares that add up to 1 the first is named
		}
		blocks[u.Shares] = true
		names = append(names, inputname.Of(u))
	}
	return words.And(names)
}

// The rows of a design, if a caller does not say: fewer where lives are lived.
const (
	rowsExact, rowsLived = 2048, 512
	mostRows             = 100_000
)

// otherSeed is the seed of the draws B, and that of the second lives.
func otherSeed(seed uint64) uint64 { return seed ^ 0xA0761D6478BD642F }

// Indices works out first-order and total Sobol indices of a total. Inputs that the file
// correlates, and shares that add up to 1, are one group each. Of the options, Run.Seed,
// Run.Workers, Run.Engine and Run.Prices count, and Run.Replications is the number of rows
// of the design: 0 stands for 2,048, or 512 where the figure is not exact. It takes as
// many draws as rows times groups and two more.
func Indices(ctx context.Context, v *scenario.Version, measure montecarlo.Key, o Options) (*Indexed, error) {
	if err := runnable(v); err != nil {
		return nil, err
	}
	drawer, err := v.Drawer()
	if err != nil {
		return nil, err
	}
	if drawer == nil {
		return nil, errNothingUncertain
	}
	if o.Run.Replications < 0 || o.Run.Replications > mostRows {
		return nil, fmt.Errorf("%d draws: there can be from 1 to %s, or 0 for %d", o.Run.Replications, words.Count(mostRows), rowsExact)
	}
	s := &sobol{ctx: ctx, version: v, drawer: drawer, options: o.Run, measure: measure, groups: groupsOf(drawer, v.Programme)}
	exact, err := s.exact()
	if err != nil {
		return nil, err
	}
	s.rows = cmp.Or(o.Run.Replications, rowsLived)
	if exact {
		s.rows = cmp.Or(o.Run.Replications, rowsExact)
	}
	return s.indices(exact)
}

var errNothingUncertain = errors.New("no input of the file is uncertain, so that none accounts for anything: say how well inputs are known, as in {value: 0.01, range: 0.005 to 0.02}")

// sobol is such a calculation.
type sobol struct {
	ctx     context.Context
	version *scenario.Version
	drawer  *scenario.Drawer
	options montecarlo.Options
	measure montecarlo.Key
	groups  [][]int // places of inputs: see groupsOf
	rows    int
}

// groupsOf divides inputs, and those that an edit has made certain but others go together
// with, into groups that are drawn independently of one another. The places of the second
// follow those of the inputs; a group has at least one input.
func groupsOf(d *scenario.Drawer, p *model.Programme) (groups [][]int) {
	inputs := d.Inputs()
	var paths []model.Path
	for _, u := range inputs {
		paths = append(paths, u.Path)
	}
	paths = append(paths, d.Partners()...)
	group := make([]int, len(paths))
	for i := range group {
		group[i] = i
	}
	join := func(i, j int) {
		from, to := max(group[i], group[j]), min(group[i], group[j])
		for k := range group {
			if group[k] == from {
				group[k] = to
			}
		}
	}
	correlations := slices.Clone(p.Correlations)
	for _, m := range p.MadeCertain {
		correlations = append(correlations, m.Correlations...)
	}
	for _, c := range correlations {
		if i, j := slices.Index(paths, c.Inputs[0]), slices.Index(paths, c.Inputs[1]); i >= 0 && j >= 0 {
			join(i, j)
		}
	}
	for i, u := range inputs {
		for j := range i {
			if u.Shares != "" && u.Shares == inputs[j].Shares {
				join(i, j)
			}
		}
	}
	for i := range inputs {
		var members []int
		for k := range group {
			if group[k] == i {
				members = append(members, k)
			}
		}
		if members != nil {
			groups = append(groups, members)
		}
	}
	return groups
}

// exact reports whether the figure is exact in each draw.
func (s *sobol) exact() (bool, error) {
	stated, err := s.drawer.Stated()
	if err != nil {
		return false, err
	}
	one := montecarlo.InputDraws{Lives: 1}
	for _, x := range stated {
		one.Values = append(one.Values, []float64{x})
	}
	e, err := montecarlo.ExpectedAt(s.ctx, s.version, []montecarlo.Key{s.measure}, one, s.options)
	if err != nil {
		return false, err
	}
	s.measure = e.Keys[0]
	return e.Exact[0], nil
}

// indices works the design out.
func (s *sobol) indices(exact bool) (*Indexed, error) {
	draws, err := s.draws()
	if err != nil {
		return nil, err
	}
	figures, err := s.figures(draws, exact)
	if err != nil {
		return nil, err
	}
	d, left := s.design(figures)
	all, variance, noise, ok := d.estimate(s.options.Seed)
	if !ok {
		return nil, fmt.Errorf("%s does not vary with what is uncertain: choose another measure", s.measure)
	}
	x := &Indexed{
		Version: s.version, Measure: s.measure, Prices: s.options.Prices, Seed: s.options.Seed, Exact: exact,
		Draws: left, Impossible: s.rows - left, Evaluations: s.rows * (len(s.groups) + 2), SD: math.Sqrt(variance), Noise: math.Sqrt(noise),
	}
	for g, members := range s.groups {
		one := Index{First: all[g].first, Total: all[g].total, Interaction: all[g].interaction}
		for _, i := range members {
			if i < len(s.drawer.Inputs()) {
				one.Inputs = append(one.Inputs, s.drawer.Inputs()[i])
			}
		}
		x.Indices = append(x.Indices, one)
	}
	slices.SortStableFunc(x.Indices, func(a, b Index) int { return cmp.Compare(b.Total.Value, a.Total.Value) })
	return x, nil
}

// draws are the draws A, B and AB of every group, one after another: row after row in each.
func (s *sobol) draws() (montecarlo.InputDraws, error) {
	inputs := s.drawer.Inputs()
	draws := montecarlo.InputDraws{Lives: 1, Values: make([][]float64, len(inputs))}
	var streams []lives.Stream
	for i, u := range inputs {
		streams = append(streams, lives.NewStream(string(u.Path)))
		draws.Values[i] = make([]float64, 0, s.rows*(len(s.groups)+2))
	}
	for _, path := range s.drawer.Partners() {
		streams = append(streams, lives.NewStream(string(path)))
	}
	quantiles := make([]float64, len(streams))
	for part := -2; part < len(s.groups); part++ {
		for row := range s.rows {
			for i, stream := range streams {
				seed := s.options.Seed
				if part == -1 || part >= 0 && slices.Contains(s.groups[part], i) {
					seed = otherSeed(seed)
				}
				quantiles[i] = stream.Unit(seed, row, 0)
			}
			values, err := s.drawer.Values(quantiles)
			if err != nil {
				return draws, err
			}
			for i, x := range values {
				draws.Values[i] = append(draws.Values[i], x)
			}
			draws.First = append(draws.First, row)
		}
	}
	return draws, nil
}

// figures are the figure by draw, from two sets of lives where it is not exact.
func (s *sobol) figures(draws montecarlo.InputDraws, exact bool) (pair, error) {
	var both pair
	for k := range both {
		if k == 1 && exact {
			both[1] = both[0]
			break
		}
		o := s.options
		if k == 1 {
			o.Seed = otherSeed(o.Seed)
		}
		e, err := montecarlo.ExpectedAt(s.ctx, s.version, []montecarlo.Key{s.measure}, draws, o)
		if err != nil {
			return both, err
		}
		both[k] = e.Values[0]
	}
	return both, nil
}

// design puts the figures in order, without the rows in which a draw cannot be, and says
// how many rows there are.
func (s *sobol) design(figures pair) (d design, rows int) {
	parts := make([]pair, len(s.groups)+2)
	for row := range s.rows {
		possible := true
		for part := range parts {
			possible = possible && !math.IsNaN(figures[0][part*s.rows+row])
		}
		if !possible {
			continue
		}
		rows++
		for part := range parts {
			for k := range figures {
				parts[part][k] = append(parts[part][k], figures[k][part*s.rows+row])
			}
		}
	}
	return design{parts[0], parts[1], parts[2:]}, rows
}

// HasIndices reports whether [Indices] and [Spider] know a figure of a version: it is a
// total and no ratio, and some input is uncertain.
func HasIndices(v *scenario.Version, measure montecarlo.Key) bool {
	m, err := montecarlo.MeasureOf(measure.Name)
	return err == nil && m.Kind == "total" && m.Name != montecarlo.BenefitCost && v != nil && v.Programme != nil && len(v.Programme.Uncertain) > 0
}
