package subtraction

import (
	"math"
	"slices"
)

// Sums are known sums of unknowns, reduced so that each has 1 at an unknown that no later
// one has.
type Sums struct {
	equations       []equation
	unknowns, known int
}

// equation is a sum that is known, reduced by those before it.
type equation struct {
	of   []float64 // unknowns
	made []float64 // of which known sums
}

// Reduce takes sums that are known, each the places of its unknowns.
func Reduce(known [][]int, unknowns int) Sums {
	s := Sums{unknowns: unknowns, known: len(known)}
	for k, of := range known {
		e := s.equation(of)
		e.made[k] = 1
		s.less(&e)
		if p := e.pivot(); p >= 0 {
			e.scale(1 / e.of[p])
			s.equations = append(s.equations, e)
		}
	}
	return s
}

// Follows reports whether a sum of unknowns follows from those that are known, and how
// often each of them is taken for it.
func (s Sums) Follows(sum []int) (made []float64, follows bool) {
	e := s.equation(sum)
	s.less(&e)
	return e.made, e.pivot() < 0
}

func (s Sums) equation(of []int) equation {
	e := equation{make([]float64, s.unknowns), make([]float64, s.known)}
	for _, at := range of {
		e.of[at] = 1
	}
	return e
}

// less takes what others say off an equation.
func (s Sums) less(e *equation) {
	for _, b := range s.equations {
		if by := e.of[b.pivot()]; math.Abs(by) > 1e-9 {
			for i := range e.of {
				e.of[i] -= by * b.of[i]
			}
			for i := range e.made {
				e.made[i] -= by * b.made[i]
			}
		}
	}
}

func (e *equation) scale(by float64) {
	for i := range e.of {
		e.of[i] *= by
	}
	for i := range e.made {
		e.made[i] *= by
	}
}

// pivot is the first unknown of an equation; -1 if it has none.
func (e *equation) pivot() int {
	return slices.IndexFunc(e.of, func(x float64) bool { return math.Abs(x) > 1e-9 })
}
