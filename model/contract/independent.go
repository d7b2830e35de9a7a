package contract

// priceIndependent prices care once more, with the lives without the programme as
// they are under independent lives. Whatever does not depend on them is shared
// with the ledger itself.
func priceIndependent[N Number](p *Pricer, counts *Counts[N], into *Ledger) {
	if counts.Independent == nil {
		into.Independent = nil
		return
	}
	other := into.independent()
	copy(other.Costs, into.Costs)
	if p.care.free {
		clear(other.Cashable)
		return
	}
	priceArm(p, counts.Independent, other, Counterfactual)
	priceCashable(p, other)
}

// independent returns the ledger's Independent, which it makes the first time.
func (l *Ledger) independent() *Ledger {
	if l.Independent == nil {
		other := *l
		other.Costs, other.Cashable = make([]int64, len(l.Costs)), make([]int64, len(l.Cashable))
		l.Independent = &other
	}
	return l.Independent
}
