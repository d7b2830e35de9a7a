package expect

import (
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
)

// quarterSums is timing.byQuarter for a run of weeks since referral, in a number of
// steps that grows with weeks + quarters in place of weeks × quarters.
//
// Let u(r) be the weight of referral week r, a whole number, and U their sum. Week t
// lies before week b of the programme with probability F(b - t) = Σ u(r) / U over
// r < b - t. What a figure x(t) comes to before b is thus
//
//	G(b) = Σ x(t) F(b - t) = Σ u(r) P₁(b - r) / U,   where P₁(n) = Σ x(t) over t < n,
//
// and in a quarter it is the difference of G at its two ends. Weights are the same
// for long runs of weeks, so that few of their differences u(r) - u(r - 1) are not 0.
// Summing by parts, G is also the sum over these differences × P₂(b - r), where
// P₂(n) = Σ P₁(m) over m ≤ n. Where referrals build up, it is the differences of the
// differences that are few, and P₃ is to P₂ as P₂ to P₁.
type quarterSums struct {
	from, until int // weeks since referral
	lo, hi      int // quarters in which any of these weeks can lie
	order       int // of P
	scale       float64
	// By first week of a quarter, from lo to hi: the terms of G, and those after
	// the last week, where P_k goes on as the sum of multiples of P₁, P₂, ….
	ends  []int // of its terms
	terms []boundaryTerm
	last  [][maxOrder]float64
}

// boundaryTerm is a multiple of P(from + at + 1).
type boundaryTerm struct {
	at     int
	weight float64
}

const maxOrder = 3

// sums prepares byQuarter for the weeks from one to before another.
func (x *timing) sums(p *model.Programme, r model.Referrals, from, until int) *quarterSums {
	s := &quarterSums{from: from, until: until}
	if from >= until {
		return s
	}
	first, last := &x.quarters[from], &x.quarters[until-1]
	s.lo, s.hi = first.from, last.from+len(last.probability)
	differences := s.chooseOrder(x.weights(r))
	for _, b := range p.Calendar().Boundaries()[s.lo : s.hi+1] {
		var after [maxOrder]float64
		for i, d := range differences {
			n := b - x.first - i // P(n) × d
			if d == 0 || n <= from {
				continue
			}
			if n < until {
				s.terms = append(s.terms, boundaryTerm{n - from - 1, d})
				continue
			}
			m := float64(n - until)
			beyond := [maxOrder]float64{1, m, m * (m + 1) / 2}
			for k := range s.order {
				after[k] += d * beyond[s.order-1-k]
			}
		}
		s.last, s.ends = append(s.last, after), append(s.ends, len(s.terms))
	}
	return s
}

// weights returns the weights of the referral weeks as whole numbers, and their sum.
func (x *timing) weights(r model.Referrals) (weights []float64, sum float64) {
	for i, share := range x.shares {
		weight := 0.0
		if share > 0 {
			weight = float64(min(i+1, max(1, r.Ramp)))
		}
		weights = append(weights, weight)
		sum += weight
	}
	return weights, sum
}

// chooseOrder returns the weights, or their differences, or the differences of
// these: whichever are the fewest. Each order rounds more, the more weeks there
// are, and one that would round too much is left out.
func (s *quarterSums) chooseOrder(weights []float64, sum float64) []float64 {
	s.order, s.scale = 1, 0
	if sum == 0 {
		return nil
	}
	s.scale = 1 / sum
	best := weights
	for order := 2; order <= maxOrder; order++ {
		weights = differences(weights)
		if cost(weights) < cost(best) && s.rounding(order, weights) < tooMuch {
			s.order, best = order, weights
		}
	}
	return best
}

// rounding is the error of sums of an order, whose terms have these weights, as a share
// of the largest cell.
func (s *quarterSums) rounding(order int, weights []float64) float64 {
	n := float64(s.until - s.from)
	grown := 1.0
	for k := 1; k < order; k++ {
		grown *= n / float64(k)
	}
	steepest := max(slices.Max(weights), -slices.Min(weights))
	return grown * steepest * s.scale * math.Sqrt(n) * 0x1p-53 * float64(s.hi-s.lo)
}

// tooMuch is the rounding error, as a share of the largest cell of a row, from which
// on an order is left out.
const tooMuch = 2e-13

// cost is how many of the figures are not 0.
func cost(figures []float64) (n int) {
	for _, x := range figures {
		if x != 0 {
			n++
		}
	}
	return n
}

// differences returns each figure less the one before, and what is left after the
// last.
func differences(figures []float64) []float64 {
	out := make([]float64, len(figures)+1)
	for i, x := range figures {
		out[i] += x
		out[i+1] -= x
	}
	return out
}

// of sets the cells lo to hi - 1 of sums to what a figure, by week from from on,
// comes to in each quarter. It works in the memory of cumulated.
func (s *quarterSums) of(perWeek, sums, cumulated []float64) {
	if s.from >= s.until {
		return
	}
	cumulated = cumulated[:len(perWeek)]
	var p1, p2, p3 float64
	switch s.order {
	case 1:
		for i, x := range perWeek {
			p1 += x
			cumulated[i] = p1
		}
	case 2:
		for i, x := range perWeek {
			p1 += x
			p2 += p1
			cumulated[i] = p2
		}
	default:
		for i, x := range perWeek {
			p1 += x
			p2 += p1
			p3 += p2
			cumulated[i] = p3
		}
	}
	s.differ(cumulated, [maxOrder]float64{p1, p2, p3}, sums)
}

// ofBoth is of for two figures by week from 0 on: sums wait for each other, and those of
// two figures wait at the same time.
func (s *quarterSums) ofBoth(perWeek, sums, cumulated *[2][]float64) {
	if s.from >= s.until {
		return
	}
	x, y := perWeek[0][s.from:s.until], perWeek[1][s.from:s.until]
	y = y[:len(x)]
	px, py := cumulated[0][:len(x)], cumulated[1][:len(x)]
	var x1, x2, x3, y1, y2, y3 float64
	switch s.order {
	case 1:
		for i := range x {
			x1 += x[i]
			y1 += y[i]
			px[i], py[i] = x1, y1
		}
	case 2:
		for i := range x {
			x1 += x[i]
			y1 += y[i]
			x2 += x1
			y2 += y1
			px[i], py[i] = x2, y2
		}
	default:
		for i := range x {
			x1 += x[i]
			y1 += y[i]
			x2 += x1
			y2 += y1
			x3 += x2
			y3 += y2
			px[i], py[i] = x3, y3
		}
	}
	s.differ(px, [maxOrder]float64{x1, x2, x3}, sums[0])
	s.differ(py, [maxOrder]float64{y1, y2, y3}, sums[1])
}

// differ sets sums to the differences of G.
func (s *quarterSums) differ(cumulated []float64, last [maxOrder]float64, sums []float64) {
	before, first := 0.0, 0
	for i, end := range s.ends {
		g := s.last[i][0]*last[0] + s.last[i][1]*last[1] + s.last[i][2]*last[2]
		for _, t := range s.terms[first:end] {
			g += t.weight * cumulated[t.at]
		}
		if i > 0 {
			sums[s.lo+i-1] = (g - before) * s.scale
		}
		before, first = g, end
	}
}
