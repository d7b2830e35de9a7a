package expect

// What a cohort avoids depends on how far the two arms are apart, and where a week costs
// the same in every quarter it does not depend on the quarter in which the week lies. So
// one group is followed in place of two: from week lag on, those who start as they would
// live without the programme, less the same children with it. Both move by the same
// rows, and so does their difference.

// mostPlaces is the most states in which children can be who are followed so.
const mostPlaces = 8

// places is a figure by place; 0 beyond the last.
type places [mostPlaces]float64

// apart is the difference between the arms of a cohort, where no move depends on the
// time in a state.
type apart struct {
	lag int
	// weights are, by week from lag on while children are tracked, the probability that
	// it ends before the 18th birthday and lies before the horizon.
	weights []float64
}

// newApart prepares the difference; nil if it cannot be followed.
func newApart(c *cohort, l *lanes) *apart {
	if l == nil || len(l.states) > mostPlaces || l.start < 0 || l.plan < 0 {
		return nil
	}
	a := &apart{lag: min(c.lag, c.timing.weeks())}
	for t := a.lag; t < min(c.tracked, c.timing.weeks()); t++ {
		a.weights = append(a.weights, c.timing.under18[t]*c.timing.reached[t])
	}
	return a
}

// weeks is by place the weeks by which the arms differ while children are tracked and
// the programme runs: without it less with it, of one child referred.
func (a *apart) weeks(l *lanes, startProbability float64) (sums places) {
	var everyone, apart places
	everyone[l.start] = 1
	for e, t := 0, 0; t < a.lag; e++ {
		until := min(a.lag, l.epochs[e].until)
		l.stride(e).follow(&everyone, until-t)
		t = until
	}
	apart[l.start] += everyone[l.start] * startProbability
	apart[l.plan] -= everyone[l.start] * startProbability
	for e, i := 0, 0; i < len(a.weights); e++ {
		if until := min(a.lag+len(a.weights), l.epochs[e].until) - a.lag; until > i {
			l.stride(e).addUp(&apart, a.weights[i:until], &sums)
			i = until
		}
	}
	return sums
}

// stride is the moves of an epoch over one week, and over four.
type stride struct {
	places    int
	one, four *matrix
}

// stride is that of an epoch, under the rates that were filled in.
func (l *lanes) stride(epoch int) stride {
	e := &l.epochs[epoch]
	if !e.strode {
		var two matrix
		two.square(e.one, len(l.states))
		e.four.square(&two, len(l.states))
		e.strode = true
	}
	return stride{len(l.states), e.one, e.four}
}

// follow moves shares on by so many weeks.
func (s stride) follow(x *places, weeks int) {
	for range weeks / 4 {
		s.four.move(x, s.places)
	}
	for range weeks % 4 {
		s.one.move(x, s.places)
	}
}

// addUp adds the shares of each week, times its weight, to sums, and moves them on. Four
// weeks are one step: where M moves shares on by a week, week 4k + j adds its weight
// times M to the power of j of the shares in week 4k, and these powers are left to the end.
func (s stride) addUp(x *places, weights []float64, sums *places) {
	var later [4]places
	for i := 0; i < len(weights); i += 4 {
		four := weights[i:min(i+4, len(weights))]
		for j, weight := range four {
			for at := range s.places {
				later[j][at&7] += weight * x[at&7]
			}
		}
		if len(four) == 4 {
			s.four.move(x, s.places)
		} else {
			s.follow(x, len(four))
		}
	}
	for j := 3; j > 0; j-- {
		s.one.move(&later[j], s.places)
		for at := range later[j] {
			later[j-1][at] += later[j][at]
		}
	}
	for at := range sums {
		sums[at] += later[0][at]
	}
}

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

// square makes m the moves of twice as many weeks as those of another.
func (m *matrix) square(of *matrix, n int) {
	for to := range n {
		m[to] = places{}
		for via := range n {
			p := of[to][via]
			for from := range n {
				m[to][from&7] += p * of[via][from&7]
			}
		}
	}
}

// avoidedAtLevel sets what every cohort avoids, in pence, at costs of a week by
// commissioner × state that are the same in every quarter. It reports whether it could.
func (r *Redraw) avoidedAtLevel(costs []float64) bool {
	states := len(r.settled.shape.States)
	for i := range r.cohorts {
		if r.cohorts[i].settled.difference == nil {
			return false
		}
	}
	r.avoided = r.avoided[:0]
	for i := range r.cohorts {
		c := &r.cohorts[i]
		c.lanes.fill(r.rates)
		weeks := c.settled.difference.weeks(c.lanes, c.StartProbability)
		avoided := 0.0
		for k := range c.programme.Commissioners {
			each := 0.0
			for at, s := range c.lanes.states {
				each += weeks[at] * costs[k*states+s]
			}
			avoided += c.children(k) * each
		}
		r.avoided = append(r.avoided, avoided)
	}
	return true
}
