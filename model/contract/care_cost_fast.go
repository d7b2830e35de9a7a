package contract

// Where a week costs the same in every quarter, as it does in constant prices without
// growth, the price of a state is one number, and the weeks of four states are priced in
// one pass over the quarters. The sums are whole, and those of costLives.

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

// priceLevel is priceArm for whole weeks at level costs.
func priceLevel[N Number](p *Pricer, counts *Counts[N], into *Ledger, arm Arm) {
	s, quarters := p.shape, len(p.shape.Quarters)
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
			n := 0
			for _, state := range states {
				if prices[state] == 0 {
					continue
				}
				weeks[n], pence[n] = row(counts.Weeks, first+state, quarters), prices[state]
				if n++; n == len(weeks) {
					costFour(costs, &weeks, &pence)
					n = 0
				}
			}
			if n > 0 {
				for i := n; i < len(weeks); i++ {
					weeks[i], pence[i] = weeks[0], 0
				}
				costFour(costs, &weeks, &pence)
			}
		}
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
