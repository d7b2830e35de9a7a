package population

import (
	"context"
	"math"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// The children of today are independent of each other, each in a state with a chance that
// the stepping core of package markov works out, and gone on the 18th birthday. Children
// who come are a Poisson process, of which those in a state at some time are a thinned
// part. So the number in a set of states is a sum of independent children and a Poisson
// number:
//
//	mean Σ p + m, variance Σ p(1 − p) + m

// grid is the weeks of a forecast. Boundary k is the end of day 7k after the start.
type grid struct {
	start calendar.Date // the last day seen
	years []calendar.FinancialYear
	ends  []int // boundary nearest to the end of each year
	last  int   // boundary
	// share of a week of a child who is there at a boundary, by year and boundary, half of
	// the week before and half of that after, and their sums up to the boundary, without it.
	share, until [][]float64
}

// newGrid divides each week that lies in two financial years between them by its days.
func newGrid(start calendar.Date, years int) *grid {
	g := &grid{start: start}
	first := start.AddDays(1).FinancialYear()
	end := calendar.NewDate(int(first)+years, 3, 31)
	g.last = (end.Sub(start) + 6) / 7
	for y := range years {
		year := first + calendar.FinancialYear(y)
		from, to := calendar.NewDate(int(year), 4, 1).AddDays(-1).Sub(start), calendar.NewDate(int(year)+1, 3, 31).Sub(start)
		g.years = append(g.years, year)
		g.ends = append(g.ends, int(math.Round(float64(to)/7)))
		share, until := make([]float64, g.last+1), make([]float64, g.last+2)
		for week := range g.last {
			days := min(7*week+7, to) - max(7*week, from)
			half := float64(max(0, days)) / 14
			share[week] += half
			share[week+1] += half
		}
		for k, x := range share {
			until[k+1] = until[k] + x
		}
		g.share, g.until = append(g.share, share), append(g.until, until)
	}
	return g
}

// exact is what can be expected, for one set of hazards.
type exact struct {
	mean  [][]float64 // by year and line
	sd    [][]float64
	weeks [][]float64 // child-weeks by year and state
}

// expect works means and variances out.
func (p *Population) expect(ctx context.Context, g *grid, lines []line, s scenario) (*exact, error) {
	h := hazards{&p.moves, ones(len(p.moves.unknowns)), s.lever}
	chain, err := h.chain()
	if err != nil {
		return nil, err
	}
	e := &exact{mean: table(len(g.years), len(lines)), sd: table(len(g.years), len(lines)), weeks: table(len(g.years), p.moves.inCare)}
	var group markov.Group
	for _, c := range p.children {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		group.Begin(chain, c.clock, 1)
		group.Enter(c.state, c.in, 1)
		e.follow(p, g, lines, &group, c.clock, float64(c.n))
	}
	in := p.inflow(s)
	for born := -g.last; born < lastWeek; born++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		e.entrants(p, g, lines, chain, &group, born, in)
	}
	for y := range e.sd {
		for i, variance := range e.sd[y] {
			e.sd[y][i] = math.Sqrt(variance)
		}
	}
	return e, nil
}

// follow adds n children of one kind up to the horizon or the 18th birthday.
func (e *exact) follow(p *Population, g *grid, lines []line, group *markov.Group, clock int, n float64) {
	for k := 0; k <= g.last && clock+k < lastWeek; k++ {
		if k > 0 {
			group.Step()
		}
		e.add(p, g, group, k, n)
		e.atEnds(g, lines, group, k, clock+k, func(x float64) (float64, float64) { return n * x, n * x * (1 - x) })
	}
}

// entrants adds all who come and were born in one week: their clock is born at the start.
// Of those who come in a week half are taken to come at its beginning, half at its end.
func (e *exact) entrants(p *Population, g *grid, lines []line, chain *markov.Chain, group *markov.Group, born int, in [][]float64) {
	first := max(0, -born)
	group.Begin(chain, born+first, 1)
	for k := first; k < g.last && born+k+1 < lastWeek; k++ {
		for state, x := range in[born+k] {
			if x > 0 {
				group.Enter(state, 0, x/2)
			}
		}
		group.Step()
		for state, x := range in[born+k] {
			if x > 0 {
				group.Enter(state, 0, x/2)
			}
		}
		e.add(p, g, group, k+1, 1)
		e.atEnds(g, lines, group, k+1, born+k+1, func(x float64) (float64, float64) { return x, x })
	}
}

// add adds the child-weeks of a group at a boundary.
func (e *exact) add(p *Population, g *grid, group *markov.Group, k int, n float64) {
	for y := range g.years {
		share := n * g.share[y][k]
		if share == 0 {
			continue
		}
		for state := range p.moves.inCare {
			e.weeks[y][state] += share * group.Share(state)
		}
	}
}

// atEnds adds mean and variance of the lines that a group of one age belongs to, at the
// end of a year.
func (e *exact) atEnds(g *grid, lines []line, group *markov.Group, k, clock int, of func(share float64) (mean, variance float64)) {
	for y, end := range g.ends {
		if end != k {
			continue
		}
		for i := range lines {
			if !lines[i].holds(clock) {
				continue
			}
			share := 0.0
			for _, state := range lines[i].states {
				share += group.Share(state)
			}
			mean, variance := of(share)
			e.mean[y][i] += mean
			e.sd[y][i] += variance
		}
	}
}

// inflow is the expected number of children who come in a week, by clock and state.
func (p *Population) inflow(s scenario) [][]float64 {
	in := table(lastWeek, p.moves.inCare)
	for _, e := range p.Entries {
		state := p.moves.place(e.State)
		weekly := float64(e.N) / p.EntryWeeks
		for clock, share := range clocksOf(e.Age) {
			in[clock][state] += weekly * share * s.entries[state]
			if into := s.into[state]; into >= 0 {
				in[clock][into] += weekly * share * (1 - s.entries[state])
			}
		}
	}
	return in
}

// clocksOf is where the clock stands for children who are of an age, evenly over the year.
func clocksOf(age int) map[int]float64 {
	clocks := map[int]float64{}
	low, high := float64(adult-1-age)*daysPerYear, float64(adult-age)*daysPerYear // days to 18
	for week := int(low / 7); float64(7*week) < high; week++ {
		days := min(high, float64(7*week+7)) - max(low, float64(7*week))
		if days > 0 {
			clocks[lastWeek-week-1] = days / daysPerYear
		}
	}
	return clocks
}

// clockFor is the clock of one of them, for u from 0 to 1.
func clockFor(age int, u float64) int {
	return lastWeek - 1 - int((float64(adult-1-age)+u)*daysPerYear/7)
}

func table(rows, columns int) [][]float64 {
	t := make([][]float64, rows)
	for i := range t {
		t[i] = make([]float64, columns)
	}
	return t
}

func ones(n int) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = 1
	}
	return all
}
