package expect

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// lanes is where the children of a cohort are by week in both arms, one step for the
// two of them, if no move depends on the time in a state. In week lag the children of
// the intervention arm who start go to the planned state, and everyone then moves by
// the same rows: those who are in the planned state are those who have started.
type lanes struct {
	states []int // by place: those in which children can be
	start  int   // place
	plan   int   // place of the planned state
	epochs []laneEpoch
	// record is the shares of all children by week and place in the counterfactual and
	// the intervention arm, and child those of a child who starts, in the first of the two.
	record, child [][2]float64
	// apart reports whether a child who starts has to be followed apart, because a
	// metric pays for other states than the planned one, or others can be in it.
	apart  bool
	filled bool // with the rates of the last programme
}

// laneEpoch is a run of weeks since referral throughout which the same moves hold.
type laneEpoch struct {
	until int
	into  []lanePlace
	one   *matrix // the same in other words; nil where there are too many places
}

// lanePlace is the moves that lead to a place, and what stays in it.
type lanePlace struct {
	moves []laneMove
	leave []int // numbers of the probabilities of leaving
	stay  float64
	few   [3]laneMove // the same as moves, where there are no more; the rest have no probability
}

type laneMove struct {
	from, number int // place; of the probability
	probability  float64
}

// newLanes prepares the rows of a cohort, whose probabilities are numbers. It returns
// nil if they depend on the time in a state.
func newLanes(c *cohort, rows []markov.Row, reached contract.StateSet) *lanes {
	l := &lanes{}
	changes := []int{0}
	for s, row := range rows {
		if !reached.Has(s) {
			continue
		}
		l.states = append(l.states, s)
		for _, piece := range row {
			if (piece.In != markov.Span{}) {
				return nil
			}
			changes = append(changes, piece.Since.From, piece.Since.To)
		}
	}
	l.start, l.plan = slices.Index(l.states, c.start), slices.Index(l.states, c.planned)
	slices.Sort(changes)
	for _, from := range slices.Compact(changes) {
		if from > 0 {
			l.epochs[len(l.epochs)-1].until = from
		}
		l.epochs = append(l.epochs, laneEpoch{until: c.timing.weeks() + 1, into: l.into(c.programme, rows, from)})
	}
	return l
}

// into returns the moves that hold in a week, by the place to which they lead.
func (l *lanes) into(p *model.Programme, rows []markov.Row, week int) []lanePlace {
	into := make([]lanePlace, len(l.states))
	for at, s := range l.states {
		for _, piece := range rows[s] {
			if !piece.Since.Contains(week) {
				continue
			}
			for _, m := range piece.Moves {
				number := int(m.Probability)
				to := &into[l.place(p, m.To)]
				to.moves = append(to.moves, laneMove{from: at, number: number})
				into[at].leave = append(into[at].leave, number)
			}
		}
	}
	return into
}

// place is that of a state by name.
func (l *lanes) place(p *model.Programme, state string) int {
	return slices.IndexFunc(l.states, func(s int) bool { return p.States[s].Name == state })
}

// clone returns the same with rates and shares of its own.
func (l *lanes) clone(weeks int) *lanes {
	if l == nil {
		return nil
	}
	c := *l
	c.epochs = slices.Clone(l.epochs)
	for e := range c.epochs {
		into := slices.Clone(c.epochs[e].into)
		for at := range into {
			into[at].moves = slices.Clone(into[at].moves)
		}
		c.epochs[e].into = into
		if len(l.states) <= mostPlaces {
			c.epochs[e].one = new(matrix)
		}
	}
	c.record = make([][2]float64, (weeks+1)*len(l.states))
	if l.apart {
		c.child = make([][2]float64, (weeks+1)*len(l.states))
	}
	return &c
}

// fill takes probabilities by number, unless it has them.
func (l *lanes) fill(rates []float64) {
	if l.filled {
		return
	}
	l.filled = true
	for e := range l.epochs {
		for at := range l.epochs[e].into {
			into := &l.epochs[e].into[at]
			leave := 0.0
			for _, number := range into.leave {
				leave += rates[number]
			}
			into.stay = max(0, 1-leave) // rounding may take a sum over 1
			for i := range into.moves {
				into.moves[i].probability = rates[into.moves[i].number]
			}
			if len(into.moves) <= len(into.few) {
				copy(into.few[:], into.moves)
			}
			if l.epochs[e].one != nil {
				into.fill(at, &l.epochs[e].one[at])
			}
		}
	}
}

// fill sets the probabilities of coming to a place, or staying there.
func (p *lanePlace) fill(place int, from *places) {
	*from = places{}
	from[place] = p.stay
	for i := range p.moves {
		from[p.moves[i].from] += p.moves[i].probability
	}
}

// divide is cohort.divide but for the groups others and without. Of a child who
// starts it gives the planned state alone unless that child is followed apart.
func (l *lanes) divide(c *cohort, weeks int) {
	g, places := c.groups, len(l.states)
	g.startProbability, g.eligible, g.starts = c.StartProbability, 0, 0
	clear(l.record[:places])
	l.record[l.start] = [2]float64{1, 1}
	l.follow(l.record, 0, min(c.lag, weeks))
	if c.lag >= weeks {
		return
	}
	inLag := l.record[c.lag*places:][:places]
	g.eligible = inLag[l.start][contract.Intervention]
	g.starts = g.eligible * g.startProbability
	inLag[l.start][contract.Intervention] *= 1 - g.startProbability
	inLag[l.plan][contract.Intervention] += g.starts
	l.follow(l.record, c.lag, weeks)
}

// plannedShares sets the share of a child who starts that is still in the planned state.
func (l *lanes) plannedShares(c *cohort, weeks int) {
	g, places := c.groups, len(l.states)
	planned := g.started[c.planned]
	for t := c.lag; t < weeks; t++ {
		planned[t] = l.record[t*places+l.plan][contract.Intervention] / g.starts
	}
}

// startedChild follows a child who starts apart, for what a life earns.
func (l *lanes) startedChild(c *cohort, weeks int) {
	g, places := c.groups, len(l.states)
	clear(l.child[c.lag*places:][:places])
	l.child[c.lag*places+l.plan][0] = 1
	l.follow(l.child, c.lag, weeks)
	for at, s := range l.states {
		for t := c.lag; t < weeks; t++ {
			g.started[s][t] = l.child[t*places+at][0]
		}
	}
}

// follow works out the shares after one week up to those of another. They are those
// of markov.Group, operation by operation: to what arrives comes what has stayed.
func (l *lanes) follow(record [][2]float64, from, until int) {
	t, places := from, len(l.states)
	for e := range l.epochs {
		into := l.epochs[e].into[:places]
		for ; t < min(l.epochs[e].until, until); t++ {
			now := record[t*places:][:places]
			next := record[(t+1)*places:][:places]
			for at := range into {
				to := &into[at]
				var a, b float64
				if few := &to.few; len(to.moves) <= len(few) { // a loop would take longer than what it does
					w, x, y := &now[few[0].from], &now[few[1].from], &now[few[2].from]
					a = w[0]*few[0].probability + x[0]*few[1].probability + y[0]*few[2].probability
					b = w[1]*few[0].probability + x[1]*few[1].probability + y[1]*few[2].probability
				} else {
					for i := range to.moves {
						m := &to.moves[i]
						x := &now[m.from]
						a += x[0] * m.probability
						b += x[1] * m.probability
					}
				}
				next[at][0] = now[at][0]*to.stay + a
				next[at][1] = now[at][1]*to.stay + b
			}
		}
	}
}

// occupancy sets the shares of all children under 18 who are in a place, by arm and by
// week from one to before another.
func (l *lanes) occupancy(c *cohort, place, from, until int, share *[2][]float64) {
	places := len(l.states)
	without, with := share[0][from:until], share[1][from:until]
	record := l.record[from*places+place:]
	for i, under18 := range c.timing.under18[from:until] {
		x := &record[i*places]
		without[i] = x[0] * under18
		with[i] = x[1] * under18
	}
}

// mostPlaces is the most places for which there is a matrix.
const mostPlaces = 8

// places is a figure by place; 0 beyond the last.
type places [mostPlaces]float64

// matrix is the probabilities of moves by the place to which they lead, and then by the
// one from which; what stays leads to its own.
type matrix [mostPlaces]places

// move moves shares on.
func (m *matrix) move(x *places, n int) {
	x0, x1, x2, x3 := x[0], x[1], x[2], x[3]
	if n <= 4 {
		for to := range n {
			p := &m[to&7]
			x[to&7] = (x0*p[0] + x1*p[1]) + (x2*p[2] + x3*p[3])
		}
		return
	}
	x4, x5, x6, x7 := x[4], x[5], x[6], x[7]
	for to := range n {
		p := &m[to&7]
		x[to&7] = ((x0*p[0] + x1*p[1]) + (x2*p[2] + x3*p[3])) + ((x4*p[4] + x5*p[5]) + (x6*p[6] + x7*p[7]))
	}
}
