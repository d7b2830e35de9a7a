package sensitivity

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity/information"
)

// Study is a study of children without the programme's help: so many are followed for
// so many weeks from the day on which they would have been referred, and it is seen
// where each first moves to, if it moves. They divide over cohorts as the expected
// referrals do. All are young enough not to turn 18 meanwhile.
type Study struct {
	Children int             `json:"children"`
	Weeks    int             `json:"weeks"`
	Cost     decimal.Decimal `json:"cost"` // in £, present value in the prices of the programme
}

// String returns the study in words, without its cost: "200 children for 52 weeks".
func (s Study) String() string {
	children := words.Unit{One: "child", Many: "children"}
	return children.Of(float64(s.Children)) + " for " + words.Plural(s.Weeks, "week")
}

// StudyWorth is what a study is worth.
type StudyWorth struct {
	Study
	information.Worth
	// Most is what a study of the same length with any number of children is worth.
	Most information.Worth `json:"with_any_number_of_children"`
	// Gain is its value less its cost: what is gained on average by making it before
	// the choice.
	Gain float64 `json:"net_gain"`
}

// Studies must stay in reach of memory and patience.
const (
	mostStudyChildren = 100_000
	mostStudyWeeks    = 260
)

// studied is the results of studies in every draw, ready to be valued.
type studied struct {
	studies []Study
	groups  []information.Group // the studies, and then the lengths
	lengths []int
}

// study works out what the studies find in every draw.
func (q Valuing) study(ctx context.Context, v *scenario.Version, d *drawnInputs) (*studied, error) {
	s := &studied{studies: q.Studies}
	for i, one := range q.Studies {
		if one.Children < 1 || one.Children > mostStudyChildren || one.Weeks < 1 || one.Weeks > mostStudyWeeks || one.Cost.IsNegative() {
			return nil, fmt.Errorf("study of %s: there must be 1 to %s children, 1 to %s weeks, and a cost of £0 or more", one, words.Count(mostStudyChildren), words.Count(mostStudyWeeks))
		}
		if slices.ContainsFunc(q.Studies[:i], func(o Study) bool { return o.Children == one.Children && o.Weeks == one.Weeks }) {
			return nil, fmt.Errorf("study of %s is there twice: leave one out", one)
		}
		if !slices.Contains(s.lengths, one.Weeks) {
			s.lengths = append(s.lengths, one.Weeks)
		}
	}
	if len(q.Studies) == 0 {
		return s, nil
	}
	slices.Sort(s.lengths)
	found, err := firstMovesOf(ctx, v, d, s.lengths[len(s.lengths)-1])
	if err != nil {
		return nil, err
	}
	for _, one := range q.Studies {
		g := found.counts(one, v.Programme, q.Run.Seed)
		for _, more := range q.Studies { // tells all that one of fewer children and weeks tells
			if more.Children >= one.Children && more.Weeks >= one.Weeks {
				g.Within = append(g.Within, more.String())
			}
		}
		s.groups = append(s.groups, g)
	}
	for i, weeks := range s.lengths {
		g := found.chances(weeks)
		for _, longer := range s.lengths[i+1:] {
			g.Within = append(g.Within, lengthName(longer))
		}
		s.groups = append(s.groups, g)
	}
	return s, nil
}

// worth pairs what was estimated with the studies.
func (s *studied) worth(all []information.Worth) []StudyWorth {
	var out []StudyWorth
	for i, one := range s.studies {
		w := StudyWorth{Study: one, Worth: all[i], Most: all[len(s.studies)+slices.Index(s.lengths, one.Weeks)]}
		w.Gain = w.Value - one.Cost.InexactFloat64()
		out = append(out, w)
	}
	return out
}

// firstMoves are the chances of first moves from where children of each cohort live at
// referral, without help.
type firstMoves struct {
	draws   int
	cohorts []cohortMoves
}

// cohortMoves are those of one cohort: by draw, week and destination, the chance of the
// first move being made by the end of the week and to there.
type cohortMoves struct {
	name string
	to   []string
	// within is by draw, and then by week and destination: week × number of
	// destinations + destination.
	within [][]float64
}

// firstMovesOf works out the chances in every draw, by competing risks week by week on
// both clocks.
func firstMovesOf(ctx context.Context, v *scenario.Version, d *drawnInputs, weeks int) (*firstMoves, error) {
	f := &firstMoves{draws: d.count}
	for _, c := range v.Programme.Cohorts {
		f.cohorts = append(f.cohorts, cohortMoves{name: c.Name, to: otherStates(v.Programme, c.StartState)})
	}
	values := make([]float64, len(d.values))
	for draw := range d.count {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for i, row := range d.values {
			values[i] = row[draw]
		}
		drawn, err := d.drawer.At(values)
		if err != nil {
			return nil, fmt.Errorf("draw %d: %w", draw+1, err)
		}
		for k := range f.cohorts {
			f.cohorts[k].add(drawn.Programme, &drawn.Programme.Cohorts[k], weeks)
		}
	}
	return f, nil
}

// otherStates are the states to which a child may move from one, in order of name; a
// planned state is for those who have help.
func otherStates(p *model.Programme, from string) []string {
	var to []string
	for _, s := range p.States {
		if s.Parent == "" && s.Name != from {
			to = append(to, s.Name)
		}
	}
	slices.Sort(to)
	return to
}

// add works out one draw.
func (m *cohortMoves) add(p *model.Programme, c *model.Cohort, weeks int) {
	row := p.BackgroundOf(c)[c.StartState]
	within := make([]float64, weeks*len(m.to))
	so, stay := make([]float64, len(m.to)), 1.0
	for week := range weeks {
		leave := 0.0
		for _, move := range row.At(week, c.AlreadyThere+week) {
			leave += move.Probability
			if i, ok := slices.BinarySearch(m.to, move.To); ok {
				so[i] += stay * move.Probability
			}
		}
		stay *= 1 - leave
		copy(within[week*len(m.to):], so)
	}
	m.within = append(m.within, within)
}

// by is the chance of having moved, by the end of a week.
func (m *cohortMoves) by(draw, week int) float64 {
	sum := 0.0
	for _, p := range m.within[draw][week*len(m.to) : (week+1)*len(m.to)] {
		sum += p
	}
	return sum
}

// chances is what a study of some length with any number of children would tell.
func (f *firstMoves) chances(weeks int) information.Group {
	g := information.Group{Name: lengthName(weeks)}
	for _, c := range f.cohorts {
		for i, to := range c.to {
			values := make([]float64, f.draws)
			for draw := range values {
				values[draw] = c.within[draw][(weeks-1)*len(c.to)+i]
			}
			if varies(values) {
				g.Columns = append(g.Columns, information.Column{Name: g.Name + ", " + c.name + " to " + to, Values: values})
			}
		}
	}
	return orNothing(g, f.draws)
}

// orNothing is the group, with a column that tells nothing if it has none.
func orNothing(g information.Group, draws int) information.Group {
	if len(g.Columns) == 0 {
		g.Columns = []information.Column{{Name: g.Name, Values: make([]float64, draws)}}
	}
	return g
}

// lengthName names what a study of some length can tell.
func lengthName(weeks int) string { return "first moves within " + words.Plural(weeks, "week") }

// counts is what a study finds: by cohort, how many children first move to each place.
// The children of a study are among those of a larger one, and what is seen of them in
// its weeks is the same.
func (f *firstMoves) counts(s Study, p *model.Programme, seed uint64) information.Group {
	g := information.Group{Name: s.String(), Within: []string{lengthName(s.Weeks)}}
	sizes := shared(s.Children, p.Cohorts)
	for k, c := range f.cohorts {
		stream := lives.NewStream("first moves of a study, " + c.name)
		found := make([][]float64, len(c.to))
		for i := range found {
			found[i] = make([]float64, f.draws)
		}
		for draw := range f.draws {
			moved := c.by(draw, s.Weeks-1)
			for child := range sizes[k] {
				if u := stream.Unit(seed, draw, child); u < moved {
					found[c.destination(draw, u)][draw]++
				}
			}
		}
		for i, to := range c.to {
			if varies(found[i]) {
				g.Columns = append(g.Columns, information.Column{Name: g.Name + ", " + c.name + " to " + to, Values: found[i]})
			}
		}
	}
	return orNothing(g, f.draws)
}

// destination is where a child first moves to whose chance of having moved reaches u:
// weeks count first, and within a week destinations in the order of their names.
func (m *cohortMoves) destination(draw int, u float64) int {
	weeks := len(m.within[draw]) / len(m.to)
	week := sort.Search(weeks, func(w int) bool { return m.by(draw, w) > u })
	before := 0.0
	if week > 0 {
		before = m.by(draw, week-1)
	}
	for i := range m.to {
		here := m.within[draw][week*len(m.to)+i]
		if week > 0 {
			here -= m.within[draw][(week-1)*len(m.to)+i]
		}
		if before += here; u < before {
			return i
		}
	}
	return len(m.to) - 1 // by rounding
}

// shared divides children over cohorts as their expected referrals do, by largest
// remainder, the first of equals first.
func shared(children int, cohorts []model.Cohort) []int {
	all := 0.0
	for _, c := range cohorts {
		all += c.Referrals.Expected()
	}
	sizes, rest := make([]int, len(cohorts)), make([]float64, len(cohorts))
	if all == 0 {
		return sizes
	}
	left := children
	var order []int
	for k, c := range cohorts {
		exact := float64(children) * c.Referrals.Expected() / all
		sizes[k] = int(math.Floor(exact))
		rest[k] = exact - math.Floor(exact)
		left -= sizes[k]
		order = append(order, k)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rest[b], rest[a]) })
	for _, k := range order[:min(left, len(order))] {
		sizes[k]++
	}
	return sizes
}
