package contract

// Where a week costs the same in every quarter, as it does in constant prices without
// growth, the price of a state is one number, and the weeks of four states are priced in
// one pass over the quarters. The sums are those of costLives: whole ones, and those of
// expected weeks to the last bit, because states are added up in the same order.

// levelPence is what a week costs by commissioner × state, in the prices that care is
// worked out in; nil where some cost is not the same in every quarter.
func (c *care) levelPence(quarters int) []int64 {
	if quarters == 0 {
		return nil
	}
	pence := make([]int64, 0, len(c.cost)/quarters)
	for first := 0; first < len(c.cost); first += quarters {
		for _, other := range c.cost[first:][:quarters] {
			if other != c.cost[first] {
				return nil
			}
		}
		pence = append(pence, c.cost[first])
	}
	return pence
}

// priceLevel is priceArm at level costs.
func priceLevel[N Number](p *Pricer, counts *Counts[N], into *Ledger, arm Arm) {
	s, quarters := p.shape, len(p.shape.Quarters)
	sums := p.work.sums[:quarters]
	var weeks [4][]N
	var pence [4]int64
	for w := range numWindows {
		for cell := s.costsRow(w, arm, 0, 0); cell < s.costsRow(w, arm+1, 0, 0); cell++ {
			costs, first, commissioner := row(into.Costs, cell, quarters), cell*len(s.States), cell%len(s.Commissioners)
			states, prices := p.care.costed[commissioner], p.care.pence[commissioner*len(s.States):][:len(s.States)]
			if counts.lived != nil {
				states = counts.livedIn[cell]
			}
			clear(costs)
			clear(sums)
			n := 0
			for _, state := range states {
				if prices[state] == 0 {
					continue
				}
				weeks[n], pence[n] = row(counts.Weeks, first+state, quarters), prices[state]
				if n++; n == len(weeks) {
					priceFour(costs, sums, &weeks, &pence)
					n = 0
				}
			}
			if n > 0 {
				for i := n; i < len(weeks); i++ {
					weeks[i], pence[i] = weeks[0], 0
				}
				priceFour(costs, sums, &weeks, &pence)
			}
			if !isWhole[N]() {
				roundAll(costs, sums)
			}
		}
	}
}

// priceFour adds the cost of weeks in four states to costs if they are whole, and
// otherwise to sums.
func priceFour[N Number](costs []int64, sums []float64, weeks *[4][]N, pence *[4]int64) {
	if isWhole[N]() {
		costFour(costs, weeks, pence)
	} else {
		sumFour(sums, weeks, pence)
	}
}

// costFour adds the cost of whole weeks in four states.
func costFour[N Number](costs []int64, weeks *[4][]N, pence *[4]int64) {
	n := len(costs)
	a, b, c, d := weeks[0][:n], weeks[1][:n], weeks[2][:n], weeks[3][:n]
	first, second, third, fourth := pence[0], pence[1], pence[2], pence[3]
	for q := range costs {
		costs[q] += int64(a[q])*first + int64(b[q])*second + int64(c[q])*third + int64(d[q])*fourth
	}
}

// sumFour adds the cost of expected weeks in four states, one after another.
func sumFour[N Number](sums []float64, weeks *[4][]N, pence *[4]int64) {
	n := len(sums)
	a, b, c, d := weeks[0][:n], weeks[1][:n], weeks[2][:n], weeks[3][:n]
	first, second, third, fourth := float64(pence[0]), float64(pence[1]), float64(pence[2]), float64(pence[3])
	for q, sum := range sums {
		sum += float64(a[q]) * first
		sum += float64(b[q]) * second
		sum += float64(c[q]) * third
		sum += float64(d[q]) * fourth
		sums[q] = sum
	}
}

// roundAll rounds sums to the penny, halves away from zero. Twice what is left of a penny
// is 1 or more from a half on: to say so takes no branch, which would depend on chance.
func roundAll(costs []int64, sums []float64) {
	costs = costs[:len(sums)]
	for q, sum := range sums {
		pence := int64(sum)
		rest := sum - float64(pence)
		costs[q] = pence + int64(rest+rest)
	}
}
