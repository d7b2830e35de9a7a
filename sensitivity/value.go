package sensitivity

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity/information"
)

// Choice is an option of a decision: a version under a name of its own.
type Choice struct {
	Name    string            `json:"name"`
	Version *scenario.Version `json:"version"`
}

// InputGroup is uncertain inputs that might be learned together, by patterns of their
// paths, in which a star stands for any one name.
type InputGroup struct {
	Name   string   `json:"name"`
	Inputs []string `json:"inputs"`
}

// Valuing is who decides, between what, and what might be learned before. The zero
// value asks whether a version is worth running, for the public purse.
type Valuing struct {
	// Choices are options beside doing nothing, which is always one, and the version
	// itself.
	Choices []Choice
	// Council is whose saving counts, less its own payments. Empty: the saving of all,
	// less all payments.
	Council string
	// Groups are valued beside single inputs and the usual groups, which are the inputs
	// that are about the same thing.
	Groups []InputGroup
	// Studies are valued as well; see [Study].
	Studies []Study
	// Lives is how many replications of children's lives estimate a payoff under one
	// draw, where a cap in £ lies between and it has no exact expectation: an even number,
	// of which 0 stands for 4.
	Lives int
	// Run says how draws are made: Replications is their number, of which 0 stands for
	// 4,000, and Seed and Workers count. Prices are always constant.
	Run montecarlo.Options
}

// Valued is what a decision about a programme comes to, and what more knowledge would
// be worth before it is made.
type Valued struct {
	Version *scenario.Version `json:"version"`
	Council string            `json:"council,omitempty"`
	Choices []Choice          `json:"choices,omitempty"` // beside the version and doing nothing
	// AllCare counts all avoided cost of care, and Cash the cashable part alone. Both are
	// present values in constant prices.
	AllCare ValuedIn `json:"all_avoided_care"`
	Cash    ValuedIn `json:"cash"`
	// Draws is how many draws the figures rest on, and Impossible how many others were
	// left out because the values drawn cannot be together.
	Draws      int `json:"draws"`
	Impossible int `json:"impossible_draws"`
	Lives      int `json:"lives"` // under each draw, of payoffs that are not exact
	// Inputs is how many inputs are uncertain.
	Inputs       int     `json:"uncertain_inputs"`
	DiscountRate float64 `json:"discount_rate"` // real, a year
	PriceBase    string  `json:"price_base"`
	Seed         uint64  `json:"seed"`
	// NotInRanges is what the file says is uncertain and has no range, so that knowing
	// it has no value here.
	NotInRanges string `json:"not_in_ranges,omitempty"`
}

// ValuedIn is a decision in one measure of payoff. Amounts are in £.
type ValuedIn struct {
	Measure montecarlo.Key       `json:"measure"`
	Exact   bool                 `json:"exact"`   // whether the payoff of every option under a draw is
	Options []information.Option `json:"options"` // doing nothing first, then the version, then the choices
	Best    int                  `json:"best"`    // the place in Options of the highest expected payoff
	Noise   float64              `json:"noise"`   // see [information.Assessment]
	Perfect information.Worth    `json:"perfect"`
	// Inputs and Groups are what single inputs and groups are worth knowing, the most
	// first.
	Inputs  []InputWorth        `json:"inputs"`
	Groups  []information.Worth `json:"groups,omitempty"`
	Studies []StudyWorth        `json:"studies,omitempty"` // in the order given
}

// InputWorth is what an input is worth knowing. Shares that add up to 1 are one input.
type InputWorth struct {
	Paths []string `json:"paths"` // in the file
	information.Worth
}

// The names of the options that are always there.
const (
	DoNothing = "do nothing"
	RunIt     = "run"
)

const (
	defaultDraws       = 4_000
	defaultValuedLives = 4
)

// errNothingToLearn says that a version has no uncertain input.
var errNothingToLearn = errors.New("no input has a range here, so that there is nothing to learn: write how well an input is known, such as range: 0.8 to 1.2")

// Value works out which of several options is best for a council or the public purse, how
// sure that is, and what it would be worth to know more before choosing: everything, each
// uncertain input, groups of them, or the results of studies.
//
// The payoff of an option is its expected net saving in present value given the values
// of the inputs: caps are applied to each life of the programme and the mean taken after.
// Nobody can learn beforehand how children's lives will turn out, so that chance has no
// part in any value. Doing nothing pays £0. All options have the same draws and the same
// lives. See package information for the estimates.
func Value(ctx context.Context, v *scenario.Version, q Valuing) (*Valued, error) {
	if err := runnable(v); err != nil {
		return nil, err
	}
	choices, err := q.choices(v)
	if err != nil {
		return nil, err
	}
	keys, err := q.measures(v)
	if err != nil {
		return nil, err
	}
	paid, err := q.payoffs(ctx, choices, keys)
	if err != nil {
		return nil, err
	}
	learnable, err := learnableOf(v, paid.drawn, q.Groups)
	if err != nil {
		return nil, err
	}
	studied, err := q.study(ctx, v, paid.drawn)
	if err != nil {
		return nil, err
	}
	rate := v.Programme.DiscountRate.In(contract.Constant, v.Programme.Inflation)
	all := &Valued{
		Version: v, Council: q.Council, Choices: q.Choices, Draws: paid.drawn.count, Impossible: paid.impossible, Lives: paid.lives,
		Inputs: len(paid.drawn.inputs), DiscountRate: rate, PriceBase: v.Programme.PriceText(contract.Constant), Seed: paid.seed, NotInRanges: v.Programme.NotInRanges,
	}
	for i, into := range []*ValuedIn{&all.AllCare, &all.Cash} {
		if *into, err = paid.value(i, choices, learnable, studied); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// choices are the version and the other options, without doing nothing.
func (q Valuing) choices(v *scenario.Version) ([]Choice, error) {
	all := append([]Choice{{RunIt, v}}, q.Choices...)
	for i, c := range all {
		if err := runnable(c.Version); err != nil {
			return nil, fmt.Errorf("option %q: %w", c.Name, err)
		}
		same := func(o Choice) bool { return o.Name == c.Name }
		if c.Name == "" || c.Name == DoNothing || slices.ContainsFunc(all[:i], same) {
			return nil, fmt.Errorf("option %q: the name is taken or empty: give each option a name of its own, and neither %q nor %q", c.Name, DoNothing, RunIt)
		}
	}
	return all, nil
}

// measures are the payoffs with all avoided care and with the cashable part alone.
func (q Valuing) measures(v *scenario.Version) ([]montecarlo.Key, error) {
	if q.Council == "" {
		return []montecarlo.Key{{Name: montecarlo.ValueNet}, {Name: montecarlo.ValueNetCashable}}, nil
	}
	unknown := &scenario.NameError{What: "council", Name: q.Council}
	for _, c := range v.Programme.Commissioners {
		if c.Name == q.Council {
			return []montecarlo.Key{{Name: montecarlo.OwnValueNet, Of: c.Name}, {Name: montecarlo.OwnValueNetCashable, Of: c.Name}}, nil
		}
		unknown.Valid = append(unknown.Valid, c.Name)
	}
	return nil, unknown
}

// value assesses the decision in one of the measures.
func (p *payoffs) value(measure int, choices []Choice, l *learnable, s *studied) (ValuedIn, error) {
	d := information.Decision{Options: []string{DoNothing}, Payoffs: [][]float64{make([]float64, p.drawn.count)}, Inputs: l.columns()}
	noise, exact := [][]float64{make([]float64, p.drawn.count)}, true
	for i, c := range choices {
		one := p.of[i]
		d.Options, d.Payoffs = append(d.Options, c.Name), append(d.Payoffs, one.values[measure])
		noise, exact = append(noise, one.noise[measure]), exact && one.exact
	}
	if !exact {
		d.Noise = noise
	}
	a, err := information.Assess(d, slices.Concat(l.inputs, l.groups, s.groups))
	if err != nil {
		return ValuedIn{}, err
	}
	in := ValuedIn{Measure: p.of[0].keys[measure], Exact: exact, Options: a.Options, Best: a.Best, Noise: a.Noise, Perfect: a.Perfect}
	inputs, rest := a.Partial[:len(l.inputs)], a.Partial[len(l.inputs):]
	for i, w := range inputs {
		in.Inputs = append(in.Inputs, InputWorth{l.paths[i], w})
	}
	slices.SortStableFunc(in.Inputs, func(a, b InputWorth) int { return cmp.Compare(b.Value, a.Value) })
	in.Groups = slices.Clone(rest[:len(l.groups)])
	slices.SortStableFunc(in.Groups, func(a, b information.Worth) int { return cmp.Compare(b.Value, a.Value) })
	in.Studies = s.worth(rest[len(l.groups):])
	return in, nil
}
