package markov

import (
	"errors"
	"fmt"
	"math"
)

// LifeTable returns the moves to a state, such as "dead", that a life table states:
// q[i] is the probability of dying in year i, counted from 0 at the start of the path,
// for someone alive at its beginning. Where a cohort starts at age x that is the table
// from age x on. The last probability holds in all later years. The row depends on the
// cycles since the start; in a year the force of mortality is constant, so that someone
// alive at the start of a cycle dies in it with probability
//
//	1 − Π (1 − qᵢ)^tᵢ
//
// over the years that the cycle lies in, for tᵢ of a year each (Bowers and others,
// Actuarial Mathematics, 2nd edition, Society of Actuaries 1997, section 3.6). With one
// cycle a year that is qᵢ itself. A probability of 1 is for yearly cycles only: in
// shorter ones no constant force kills everyone in a year.
func LifeTable(to string, cyclesPerYear float64, q ...float64) (Row, error) {
	faults := []error{
		inRange("the cycles per year", cyclesPerYear, cyclesPerYear >= 1 && cyclesPerYear <= 366, "from 1 to 366"),
		inRange("the number of years in the life table", float64(len(q)), len(q) >= 1 && len(q) <= 1000, "from 1 to 1,000"),
	}
	for i, x := range q {
		faults = append(faults, inRange(fmt.Sprintf("the probability in year %d of the life table", i), x,
			x >= 0 && (x < 1 || x == 1 && cyclesPerYear == 1), "from 0 to below 1 (to 1 in yearly cycles)"))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	last := len(q) - 1
	settled := int(math.Ceil(float64(last) * cyclesPerYear)) // the first cycle that lies in the last year alone
	return rowByCycle(settled+1, func(cycle int) Piece {
		span := Span{From: cycle, To: cycle + 1}
		return Piece{Since: span, Moves: []Move{{To: to, Probability: dying(q, float64(cycle)/cyclesPerYear, float64(cycle+1)/cyclesPerYear)}}}
	}), nil
}

// dying is the probability of dying between two times, in years, that are at most a year
// apart.
func dying(q []float64, from, to float64) float64 {
	year := min(int(from), len(q)-1)
	if to == from+1 && from == float64(year) {
		return q[year] // free of rounding
	}
	hazard := 0.0
	for ; from < to; year++ {
		until := to
		if year < len(q)-1 {
			until = min(to, float64(year+1))
		}
		hazard += (until - from) * -math.Log1p(-q[min(year, len(q)-1)])
		from = until
	}
	return -math.Expm1(-hazard)
}

// Weibull returns the moves to a state after a stay that follows a Weibull law: the
// share that is still there after a time t, in cycles, is
//
//	S(t) = exp(−(t/scale)^shape)
//
// (Weibull, A statistical distribution function of wide applicability, Journal of
// Applied Mechanics 1951;18:293–297; R's pweibull). Whoever has stayed k cycles leaves
// in the next with the exact conditional probability
//
//	1 − S(k+1)/S(k) = 1 − exp((k/scale)^shape − ((k+1)/scale)^shape)
//
// for k below cycles, and from then on with that of the last. With a shape above 1 they
// leave the faster the longer they stay. A law written as exp(−λ t^γ) has shape γ and
// scale λ^(−1/γ). The row depends on the time in the state; for time since the start
// exchange In and Since of every piece.
func Weibull(to string, shape, scale float64, cycles int) (Row, error) {
	if err := errors.Join(
		inRange("the shape", shape, shape > 0 && shape <= math.MaxFloat64, "above 0, and finite"),
		inRange("the scale in cycles", scale, scale > 0 && scale <= math.MaxFloat64, "above 0, and finite"),
		inRange("the number of cycles", float64(cycles), cycles >= 1 && cycles <= 10_000, "from 1 to 10,000"),
	); err != nil {
		return nil, err
	}
	used := func(cycle int) float64 { return math.Pow(float64(cycle)/scale, shape) }
	return rowByCycle(cycles, func(cycle int) Piece {
		p := 1.0 // where so much hazard is used up that it is no longer a number
		if more := used(cycle+1) - used(cycle); more <= math.MaxFloat64 {
			p = -math.Expm1(-more)
		}
		return Piece{In: Span{From: cycle, To: cycle + 1}, Moves: []Move{{To: to, Probability: p}}}
	}), nil
}

// rowByCycle is a row of a piece for each cycle, the last for ever; cycles that follow
// each other with the same moves are one piece.
func rowByCycle(cycles int, piece func(cycle int) Piece) Row {
	var row Row
	for cycle := range cycles {
		p := piece(cycle)
		if n := len(row); n > 0 && row[n-1].Moves[0] == p.Moves[0] {
			row[n-1].Since.To, row[n-1].In.To = p.Since.To, p.In.To
			continue
		}
		row = append(row, p)
	}
	row[len(row)-1].Since.To, row[len(row)-1].In.To = 0, 0
	return row
}

// And returns the moves of both rows, whose probabilities stand side by side as those
// of a published table do: each is the chance of that move while the others also act.
// Where both lead to one state their probabilities are added. Each row may depend on
// clocks of its own. Probabilities that sum to more than 1 are a fault that Validate
// names.
func (r Row) And(other Row) Row {
	if len(r) == 0 {
		return other
	}
	if len(other) == 0 {
		return r
	}
	var both Row
	for _, a := range r {
		for _, b := range other {
			since, ok1 := a.Since.And(b.Since)
			in, ok2 := a.In.And(b.In)
			if ok1 && ok2 {
				both = append(both, Piece{Since: since, In: in, Moves: sumOfMoves(a.Moves, b.Moves)})
			}
		}
	}
	return both
}

// sumOfMoves adds the moves of two pieces.
func sumOfMoves(a, b []Move) []Move {
	sum := append([]Move(nil), a...)
next:
	for _, m := range b {
		for i := range sum {
			if sum[i].To == m.To {
				sum[i].Probability += m.Probability
				continue next
			}
		}
		sum = append(sum, m)
	}
	return sum
}

// HazardRatio returns the row at a hazard so many times as high: whoever leaves with
// probability p per cycle then leaves with
//
//	1 − (1 − p)^ratio
//
// and each destination keeps its share (Collett, Modelling Survival Data in Medical
// Research, on proportional hazards; Fleurence and Hollenbeak, PharmacoEconomics
// 2007;25:3–6). A ratio of probabilities, a relative risk, is something else: multiply
// the probabilities by it.
func (r Row) HazardRatio(ratio float64) (Row, error) {
	if err := errors.Join(inRange("the hazard ratio", ratio, ratio >= 0 && ratio <= math.MaxFloat64, "0 or more, and finite"), r.Validate()); err != nil {
		return nil, err
	}
	var scaled Row
	for _, p := range r {
		leave := min(1, p.leave())
		faster := -math.Expm1(ratio * math.Log1p(-leave))
		if leave == 1 && ratio == 0 {
			return nil, errors.New("the hazard ratio is 0: must be above 0 where everyone leaves within a cycle")
		}
		moves := append([]Move(nil), p.Moves...)
		for i := range moves {
			if leave > 0 {
				moves[i].Probability *= faster / leave
			}
		}
		scaled = append(scaled, Piece{Since: p.Since, In: p.In, Moves: moves})
	}
	return scaled, nil
}
