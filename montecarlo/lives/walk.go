package lives

import (
	"cmp"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/keyed"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// walk is the reference for jump: it takes the same words and follows a child
// week by week, straight from the programme's rows. It is slow and obvious, and must
// give the same lives.
func walk(s *Simulator, c *cohort, child *child) {
	child.without = s.walkLife(c, child, without)
	child.independent = s.walkLife(c, child, drawnAnew)
	child.with = s.walkLife(c, child, with)
}

func (s *Simulator) walkLife(c *cohort, child *child, which int) []contract.Stay {
	life, key := s.lives[which].stays[:0], child.key
	cohort := &s.tables.programme.Cohorts[c.index]
	background := s.tables.programme.BackgroundOf(cohort)
	parents, index := map[string]string{}, map[string]int{}
	for i, state := range s.tables.programme.States {
		parents[state.Name], index[state.Name] = state.Parent, i
	}
	visits := map[string]uint64{}
	var state string
	var w, left uint64
	var in int
	enter := func(name string, already int) {
		if parents[name] == "" || parents[name] != state {
			stream := cmp.Or(parents[name], name)
			w = keyed.Word(key, keyed.Purpose("state", stream)+visits[stream]*keyed.Golden)
			left = keyed.Threshold(w)
			visits[stream]++
		}
		state, in = name, already
	}
	enter(cohort.StartState, cohort.AlreadyThere)
	child.start = -1
	for t := range child.weeks {
		if t == child.lag && state == cohort.StartState && child.starts {
			switch which {
			case with:
				enter(cohort.PlannedState, 0)
				child.start = t
			case drawnAnew:
				key = independentKey(key)
				enter(state, in)
			}
		}
		life = spend(life, slices.Index(s.tables.shape.States, state), t)
		moves := weekMoves(cohort, background, state, child.lag, t, in)
		h := keyed.Hazard(markov.Row{{Moves: moves}}.Leave(0, 0))
		if h == 0 || h < left {
			left -= h
			in++
			continue
		}
		enter(s.tables.shape.States[destinationsOf(moves, index).pick(w)], 0)
	}
	return life
}

// weekMoves is the rule of which moves are in force in one week for a child with
// a lag.
func weekMoves(c *model.Cohort, background map[string]markov.Row, state string, lag, since, in int) []markov.Move {
	switch {
	case c.HoldUntilStart && since < lag:
		return nil
	case state == c.PlannedState && since < lag+c.Tracking:
		return c.Failure.At(since, in)
	}
	return background[state].At(since, in)
}

// spend adds one week in a state to a life. No state is left for itself, so the
// same state as in the week before is the same stay.
func spend(life []contract.Stay, state, week int) []contract.Stay {
	if n := len(life); n > 0 && life[n-1].State == state {
		life[n-1].To++
		return life
	}
	return append(life, contract.Stay{State: state, From: week, To: week + 1})
}

// destinationsOf is what cumulate gives, straight from moves in any order.
func destinationsOf(moves []markov.Move, index map[string]int) destinations {
	moves = slices.DeleteFunc(slices.Clone(moves), func(m markov.Move) bool { return m.Probability <= 0 })
	slices.SortFunc(moves, func(a, b markov.Move) int { return cmp.Compare(a.To, b.To) })
	total := 0.0
	for _, m := range moves {
		total += m.Probability
	}
	var c destinations
	sum := 0.0
	for _, m := range moves {
		sum += m.Probability
		c = append(c, destination{keyed.Share(sum / total), index[m.To]})
	}
	return c
}
