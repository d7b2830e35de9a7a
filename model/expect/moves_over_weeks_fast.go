package expect

import (
	"reflect"
	"slices"
)

// Moves over a number of weeks, for blocks (see occupancy_fast.go).
//
// Children move to and fro among few states, the core. All other states are sources: in
// the start state of some cohorts and in every planned state nobody arrives, so that
// what is left there is a power. M is therefore small for the core, and a column for
// each source; cohorts with the same background share the core.

const (
	longestBlock = 16 // weeks
	coreSlots    = 3
	sourceSlots  = 2
	allSlots     = coreSlots + sourceSlots
)

// column is a figure by slot of the core, and square is the probabilities of moves in the
// core, by where they lead and from where.
type (
	column [coreSlots]float64
	square [coreSlots]column
)

// coreMoves is where the probabilities of the moves in a core come from.
type coreMoves struct {
	into  [coreSlots][]laneMove // from: slot
	leave [coreSlots][]int
}

// sourceMoves is where those out of a source come from.
type sourceMoves struct {
	core  int // of the jumps
	into  [coreSlots][]int
	leave []int
}

// slots is where the places of a cohort are: those of the core, and then sources.
type slots struct {
	places      []int // of the lanes, by slot: -1 for none
	cores       int   // slots of the core that are used
	sources     int   // slots of sources that are used
	start, plan int   // slots
}

// newSlots divides the places into core and sources, but for one that is left out; -1
// for none. It reports whether there are few enough.
func newSlots(l *lanes, without int) (slots, bool) {
	arrives := func(place int) bool {
		return slices.ContainsFunc(l.epochs, func(e laneEpoch) bool { return len(e.into[place].moves) > 0 })
	}
	var core, sources []int
	for place := range l.states {
		switch {
		case place == without:
		case arrives(place):
			core = append(core, place)
		default:
			sources = append(sources, place)
		}
	}
	if len(core) > coreSlots || len(sources) > sourceSlots || arrives(l.plan) {
		return slots{}, false
	}
	s := slots{places: slices.Repeat([]int{-1}, allSlots), cores: len(core), sources: len(sources)}
	copy(s.places, core)
	copy(s.places[coreSlots:], sources)
	s.start, s.plan = slices.Index(s.places, l.start), slices.Index(s.places, l.plan)
	return s, true
}

// moves is where the probabilities of an epoch's moves come from. The core of the
// sources has no number yet.
func (s *slots) moves(e laneEpoch) (core coreMoves, sources [sourceSlots]sourceMoves) {
	for to := range s.cores {
		into := e.into[s.places[to]]
		core.leave[to] = into.leave
		for _, m := range into.moves {
			if from := slices.Index(s.places, m.from); from < coreSlots {
				core.into[to] = append(core.into[to], laneMove{from: from, number: m.number})
			} else {
				sources[from-coreSlots].into[to] = append(sources[from-coreSlots].into[to], m.number)
			}
		}
	}
	for k := range s.sources {
		sources[k].leave = e.into[s.places[coreSlots+k]].leave
	}
	return core, sources
}

// repeats is how many repeated sums there are: U₀ to U₃.
const repeats = 4

// comings is what comes to the core over a number of weeks, and its repeated sums.
type comings [1 + repeats]column

// add adds what comes from a share.
func (c *comings) add(share float64, of *comings) {
	for i := range c {
		into, from := &c[i], &of[i]
		into[0] += share * from[0]
		into[1] += share * from[1]
		into[2] += share * from[2]
	}
}

// coreJump is the moves of a number of weeks in the core, and their repeated sums.
type coreJump struct{ into [1 + repeats]square }

// sourceJump is the same for a source: what stays, with its repeated sums, and what comes
// to the core.
type sourceJump struct {
	stay float64
	sums [repeats]float64
	into comings
}

// jumps is the moves over 1 to reach weeks of every core and source of a programme.
type jumps struct {
	reach       int
	cores       []coreMoves
	sources     []sourceMoves
	coreTable   [][longestBlock + 1]coreJump
	sourceTable [][longestBlock + 1]sourceJump
}

// clone returns the same with tables of its own.
func (j *jumps) clone() *jumps {
	c := *j
	c.coreTable = make([][longestBlock + 1]coreJump, len(j.cores))
	c.sourceTable = make([][longestBlock + 1]sourceJump, len(j.sources))
	return &c
}

// numberOf returns the place of one in a list, to which it is added if it is new.
func numberOf[T any](list *[]T, one T) int {
	i := slices.IndexFunc(*list, func(other T) bool { return reflect.DeepEqual(one, other) })
	if i < 0 {
		i = len(*list)
		*list = append(*list, one)
	}
	return i
}

// fill takes probabilities by number.
func (j *jumps) fill(rates []float64) {
	for i := range j.cores {
		fillCore(&j.cores[i], &j.coreTable[i], rates, j.reach)
	}
	for i := range j.sources {
		s := &j.sources[i]
		s.fill(&j.sourceTable[i], &j.coreTable[s.core][1].into[0], rates, j.reach)
	}
}

func fillCore(c *coreMoves, table *[longestBlock + 1]coreJump, rates []float64, reach int) {
	one := &table[1]
	for i := range one.into {
		one.into[i] = square{{0: 1}, {1: 1}, {2: 1}}
	}
	b := &one.into[0]
	for to := range b {
		b[to][to] = staying(c.leave[to], rates)
		for _, m := range c.into[to] {
			b[to][m.from] += rates[m.number]
		}
	}
	for n := 1; n < reach; n++ {
		now, next := &table[n], &table[n+1]
		for from := range coreSlots {
			x := column{now.into[0][0][from], now.into[0][1][from], now.into[0][2][from]}
			for to := range coreSlots {
				next.into[0][to][from] = b[to].times(&x)
				sum := x[to]
				for i := 1; i <= repeats; i++ {
					sum += now.into[i][to][from]
					next.into[i][to][from] = sum
				}
			}
		}
	}
}

func (s *sourceMoves) fill(table *[longestBlock + 1]sourceJump, b *square, rates []float64, reach int) {
	one := &table[1]
	*one = sourceJump{stay: staying(s.leave, rates), sums: [repeats]float64{1, 1, 1, 1}}
	moves := &one.into[0]
	for to, numbers := range s.into {
		for _, number := range numbers {
			moves[to] += rates[number]
		}
	}
	for n := 1; n < reach; n++ {
		now, next := &table[n], &table[n+1]
		next.stay = now.stay * one.stay
		sum := now.stay
		for i := range now.sums {
			sum += now.sums[i]
			next.sums[i] = sum
		}
		x := &now.into[0]
		for to := range coreSlots {
			next.into[0][to] = b[to].times(x) + now.stay*moves[to]
			sum := x[to]
			for i := 1; i <= repeats; i++ {
				sum += now.into[i][to]
				next.into[i][to] = sum
			}
		}
	}
}

// staying is the probability of staying, if those of leaving have these numbers.
func staying(leave []int, rates []float64) float64 {
	sum := 0.0
	for _, number := range leave {
		sum += rates[number]
	}
	return max(0, 1-sum) // rounding may take a sum over 1
}

// times is what comes to one state of the core from all.
func (c *column) times(x *column) float64 { return c[0]*x[0] + c[1]*x[1] + c[2]*x[2] }
