package contract

// pay shares all that is allowed over the payers.
func (p *Pricer) pay(into *Ledger) {
	clear(into.Payments)
	if p.payers.fixed {
		p.payFixed(into)
		return
	}
	for c := range p.shape.Commissioners {
		claims := row(p.work.due, c, len(p.shape.Quarters))
		if len(p.payers.list) == 2 {
			p.splitInTwo(into, claims, c)
			continue
		}
		for q, claim := range claims {
			p.split(into, claim, c, q)
		}
	}
	if p.payers.capped {
		for q := range p.shape.Quarters {
			p.capPayers(into, q)
		}
	}
}

// splitInTwo is split for all quarters of a commissioner's claims and two
// payers. The larger of two remainders is half a penny or more, so the first
// payer's part is its share rounded to the penny, half a penny up.
func (p *Pricer) splitInTwo(into *Ledger, claims []int64, c int) {
	commissioners, quarters := len(p.shape.Commissioners), len(p.shape.Quarters)
	first := row(into.Payments, p.payers.row(0, c)*commissioners+c, quarters)[:len(claims)]
	second := row(into.Payments, p.payers.row(1, c)*commissioners+c, quarters)[:len(claims)]
	shares := row(p.payers.list[0].share, c, quarters)[:len(claims)]
	for q, claim := range claims {
		one := part(claim, shares[q])
		first[q] += one
		second[q] += claim - one
	}
}

// split shares one commissioner's claim of a quarter over the payers by largest
// remainder; ties go to the payer listed first.
func (p *Pricer) split(into *Ledger, claim int64, c, q int) {
	if claim == 0 {
		return
	}
	quarters, parts := len(p.shape.Quarters), p.work.parts[:len(p.payers.list)]
	apportion(claim, row(p.payers.shares, c*quarters+q, len(parts)), parts, p.work.remainders)
	for n, part := range parts {
		into.Payments[(p.payers.row(n, c)*len(p.shape.Commissioners)+c)*quarters+q] += part
	}
}
