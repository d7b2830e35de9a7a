package contract

// capContract limits a quarter to what is left of the cap on the whole contract.
func (p *Pricer) capContract(into *Ledger, q int) {
	if p.caps.contract.pence < noCap {
		p.work.room.contract -= p.capQuarter(into, p.work.room.contract, q)
	}
}

// capQuarter cuts a whole quarter down to the pence left of a cap and returns
// what it comes to then.
func (p *Pricer) capQuarter(into *Ledger, left int64, q int) int64 {
	if total := p.work.total[q]; total <= left {
		return total
	}
	p.limit(into, p.work.lines, left, q)
	p.addUpQuarter(into, q)
	return left
}

// limit cuts lines of a quarter down to the pence left of a cap. What is left is
// shared over the lines pro rata to their claims, by largest remainder. Ties go
// by name of metric, then of commissioner: the order in which lines are given.
func (p *Pricer) limit(into *Ledger, lines []int, left int64, q int) {
	quarters, total := len(p.shape.Quarters), int64(0)
	for n, line := range lines {
		p.work.weights[n] = into.Allowed[line*quarters+q]
		total += p.work.weights[n]
	}
	if total <= left {
		return
	}
	apportion(left, p.work.weights[:len(lines)], p.work.parts, p.work.remainders)
	for n, line := range lines {
		into.Allowed[line*quarters+q] = p.work.parts[n]
	}
}
