package expect

import (
	"math"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// moves is how a cohort's children move from week to week. Weeks are counted
// from referral; states go by their place in the programme's list.
type moves struct {
	background []row // by state
	failure    row   // of the planned state while tracked
	// settled is, by state, the time in the state from which its moves no
	// longer depend on it; 0 where they never do.
	settled []int

	start, planned, leftCare int

	startProbability float64
	alreadyThere     int
	lag              int // first week in the planned state
	tracked          int // first week after tracking
	held             int // nobody moves before this week
}

// row is a row of moves with destinations found once.
type row []piece

type piece struct {
	since, in markov.Span
	stay      float64
	moves     []move
}

type move struct {
	to          int
	probability float64
}

func newMoves(p *model.Programme, c *model.Cohort) *moves {
	index := map[string]int{}
	for i, s := range p.States {
		index[s.Name] = i
	}
	// Beyond the horizon all lags are alike, and so are all windows.
	lag := min(c.Lag, p.Weeks)
	m := &moves{
		start: index[c.StartState], planned: index[c.PlannedState], leftCare: index[model.LeftCare],
		startProbability: c.StartProbability,
		alreadyThere:     c.AlreadyThere,
		lag:              lag,
		tracked:          lag + min(c.Tracking, p.Weeks),
		failure:          newRow(c.Failure, index),
	}
	if c.HoldUntilStart {
		m.held = lag
	}
	background := p.BackgroundOf(c)
	for _, s := range p.States {
		m.background = append(m.background, newRow(background[s.Name], index))
		m.settled = append(m.settled, settled(background[s.Name]))
	}
	m.settled[m.planned] = max(m.settled[m.planned], settled(c.Failure))
	return m
}

func newRow(r markov.Row, index map[string]int) row {
	pieces := make(row, len(r))
	for i, p := range r {
		leave := 0.0
		for _, m := range p.Moves {
			pieces[i].moves = append(pieces[i].moves, move{index[m.To], m.Probability})
			leave += m.Probability
		}
		pieces[i].since, pieces[i].in = p.Since, p.In
		pieces[i].stay = max(0, 1-leave) // rounding may take a sum over 1
	}
	return pieces
}

// settled returns the time in the state after which a row changes no more.
func settled(r markov.Row) int {
	last := 0
	for _, p := range r {
		last = max(last, p.In.From, p.In.To)
	}
	return last
}

// row returns the moves out of a state between week t and the next.
func (m *moves) row(state, t int) row {
	if state == m.planned && t < m.tracked {
		return m.failure
	}
	return m.background[state]
}

// at returns the piece in force, nil if nobody moves.
func (r row) at(since, in int) *piece {
	for i := range r {
		if r[i].since.Contains(since) && r[i].in.Contains(in) {
			return &r[i]
		}
	}
	return nil
}

// entryOfReferred is the week in which the children are taken to have entered
// the start state: before referral if they were already there.
func (m *moves) entryOfReferred() int {
	return -min(m.alreadyThere, math.MaxInt/2) // so that no clock overflows
}
